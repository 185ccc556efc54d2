package trackwarden.story

# METADATA
# title: Due date moved again and again
# description: >-
#   A story in progress whose due date was changed several times since work on it began. Where its past is not
#   known, it is not asked.
# related_resources:
#   - https://framework.scaledagile.com/iteration-execution/
# custom:
#   why: >-
#     A date that moves each time it comes near tells nobody anything, and hides what really keeps the work
#     waiting.
#   remedy: A date that the team believes in, or none.
#   example: |
#     Three times a week later: the team writes down what it waits for, and sets the date when that has come.
#   practice: execution
#   severity: info
#   bundles: [strict]
#   requires: [due]
#   committed: true
#   params:
#     times: {default: 2, description: How often it may be changed.}
violation contains {
	"policy": "story/due-date-moved",
	"evidence": {"due_moved": input.facts.due_moved},
	"message": sprintf("Times that its due date was changed in progress: %d.", [input.facts.due_moved]),
} if {
	input.facts.not_done == true
	input.facts.due_moved > input.settings["story/due-date-moved"].times
}
