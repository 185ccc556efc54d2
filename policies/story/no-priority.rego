package trackwarden.story

# METADATA
# title: No priority
# description: >-
#   An open story without a priority, where people use that field.
# related_resources:
#   - https://framework.scaledagile.com/team-backlog/
# custom:
#   why: >-
#     In the order of the backlog it is nowhere. What is without a priority is done by whoever asks loudest, or
#     never.
#   remedy: A priority.
#   example: |
#     Compare it with the story above and the one below: which of the three would be missed first?
#   practice: prioritise
#   severity: info
#   bundles: [strict]
#   requires: [priority]
#   committed: true
#   grace: 1
violation contains {
	"policy": "story/no-priority",
	"evidence": {"priority": "none"},
	"message": "No priority is set.",
} if {
	input.subject.priority == ""
	input.facts.not_done == true
}
