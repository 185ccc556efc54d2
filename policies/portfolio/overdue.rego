package trackwarden.portfolio

import data.trackwarden.lib.say

# METADATA
# title: Due date is past
# description: >-
#   An open epic whose due date is past.
# related_resources:
#   - https://framework.scaledagile.com/portfolio-kanban/
# custom:
#   why: >-
#     A date that is past tells nobody anything, and makes people stop believing the others.
#   remedy: The date that holds now, or close the epic.
#   example: |
#     Agreed with the portfolio: end of March.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   requires: [due]
#   committed: true
violation contains {
	"policy": "portfolio/overdue",
	"evidence": {"due": input.subject.due},
	"message": sprintf("It was due on %s.", [say.date(input.subject.due)]),
} if {
	input.facts.not_done == true
	input.facts.due_in_days < 0
}
