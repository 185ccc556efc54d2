package trackwarden.story

# METADATA
# title: Planned for another increment
# description: >-
#   An open story that is planned for another increment than its parent.
# related_resources:
#   - https://framework.scaledagile.com/planning-interval/
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     The parent cannot be finished in its increment, or the story is worked on before anybody has decided to.
#   remedy: Both in the same increment, or the story under another parent.
#   example: |
#     SHOP-147 is planned for PI 27.1 and its feature for PI 26.4: either the feature is finished without it, and
#     it moves to a new one, or one of the two dates is old.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   committed: true
violation contains {
	"policy": "story/increment-differs-from-parent",
	"evidence": {"increment": input.increment.name, "parent": input.parent.key, "parent_increment": input.parent.increment},
	"message": sprintf("It is planned for %s, and its parent %s for %s.", [input.increment.name, input.parent.key, input.parent.increment]),
	"about": [input.parent.key],
} if {
	input.facts.not_done == true
	input.parent_ref == "known"
	input.parent.increment != input.increment.name
	input.increment.name != ""
	input.parent.increment != ""
	input.parent.state.category in {"todo", "in_progress"}
}
