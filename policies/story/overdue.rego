package trackwarden.story

import data.trackwarden.lib.say

# METADATA
# title: Overdue
# description: >-
#   An open story whose due date is past.
# related_resources:
#   - https://framework.scaledagile.com/iteration-execution/
# custom:
#   why: >-
#     Somebody relies on that date. Either they have to hear that it does not hold, or it is old and everybody
#     has learned not to look at due dates.
#   remedy: Finish it, or a new date and a word to those who rely on it.
#   example: |
#     "Delivered with the release of 9 December; the shop was told", and the due date says 9 December.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   requires: [due]
#   committed: true
violation contains {
	"policy": "story/overdue",
	"evidence": {"due": input.subject.due},
	"message": sprintf("It was due on %s, and is %s.", [say.date(input.subject.due), input.subject.state.native]),
} if {
	input.facts.not_done == true
	input.facts.due_in_days < 0
}
