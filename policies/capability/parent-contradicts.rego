package trackwarden.capability

# METADATA
# title: Parent contradicts
# description: >-
#   A capability in progress whose parent has not begun, or is closed already.
# related_resources:
#   - https://framework.scaledagile.com/portfolio-kanban/
# custom:
#   why: >-
#     Portfolio and trains look at different levels. When these contradict each other, one of the two boards
#     tells a story that is not true.
#   remedy: Begin the parent, or move the capability to the parent that it now serves.
#   example: |
#     The epic moves to Implementing with its first capability.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "capability/parent-contradicts",
	"evidence": {"state": input.subject.state.category, "parent": input.parent.key, "parent_state": input.parent.state.category},
	"message": sprintf("It is in %s, and %s above it is in %s.", [input.subject.state.native, input.parent.key, input.parent.state.native]),
	"about": [input.parent.key],
} if {
	input.facts.active == true
	input.parent.state.category in {"todo", "done", "removed"}
}
