package trackwarden.story

# METADATA
# title: Parent says otherwise
# description: >-
#   A story in progress whose parent is still to do, is done, or was removed. Bugs may be mended at any time. A
#   parent that cannot be read says nothing.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
#   - https://framework.scaledagile.com/team-kanban/
# custom:
#   why: >-
#     Who looks at the feature sees that nothing has begun, or that all is finished, and plans by it. One of the
#     two states is wrong.
#   remedy: The parent begun or opened again, this one set back, or another parent that it serves.
#   example: |
#     SHOP-147 is in progress, so the feature SHOP-100 is moved from To Do to Implementing. Where the feature is
#     done, what is left of it goes to a new one.
#   practice: execution
#   severity: warning
#   bundles: [recommended, strict]
#   committed: true
#   writes: true
violation contains {
	"policy": "story/parent-contradicts",
	"evidence": {"parent": input.parent.key, "parent_state": input.parent.state.category},
	"message": sprintf("It is %s, and its parent %s is %s.", [input.subject.state.native, input.parent.key, input.parent.state.native]),
	"about": [input.parent.key],
} if {
	input.facts.active == true
	input.parent_ref == "known"
	input.parent.state.category in {"todo", "done", "removed"}
	input.subject.item_kind != "bug"
}
