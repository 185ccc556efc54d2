package trackwarden.feature

import data.trackwarden.lib.say

# METADATA
# title: Open in a past increment
# description: >-
#   An open feature of an increment that is over.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     It was promised and not finished. As long as it stays in the old increment, it is in nobody's plan.
#   remedy: Plan it again, split off what is left, or close it.
#   example: |
#     The two stories that are left become a feature of the next increment; this one is closed with what it
#     brought.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   committed: true
violation contains {
	"policy": "feature/past-increment",
	"evidence": {"increment": input.increment.name},
	"message": sprintf("%s ended on %s, and it is still open.", [input.increment.name, say.date(input.increment.end)]),
} if {
	input.facts.not_done == true
	input.increment.end != ""
	input.increment.end < input.today
}
