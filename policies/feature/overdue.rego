package trackwarden.feature

import data.trackwarden.lib.say

# METADATA
# title: Due date is past
# description: >-
#   An open feature whose due date is past.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     A date that is past tells nobody anything, and makes people stop believing the others.
#   remedy: The date that holds now, or close the feature.
#   example: |
#     Agreed with Sales: 13 Jan.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   requires: [due]
#   committed: true
violation contains {
	"policy": "feature/overdue",
	"evidence": {"due": input.subject.due},
	"message": sprintf("It was due on %s.", [say.date(input.subject.due)]),
} if {
	input.facts.not_done == true
	input.facts.due_in_days < 0
}
