package trackwarden.story

import data.trackwarden.lib.say

# METADATA
# title: Planned for a past increment
# description: >-
#   An open story that is planned for an increment that is over.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
#   - https://framework.scaledagile.com/inspect-and-adapt/
# custom:
#   why: >-
#     It counts for a plan that is closed, and in the running one nobody sees it.
#   remedy: The increment in which it will be done, or none.
#   example: |
#     In the planning of PI 27.1 the team goes through what is left of PI 26.4: three are planned again, five go
#     back to the backlog, four are closed.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   committed: true
violation contains {
	"policy": "story/past-increment",
	"evidence": {"increment": input.increment.name},
	"message": sprintf("It is planned for %s, which ended on %s.", [input.increment.name, say.date(input.increment.end)]),
} if {
	input.facts.not_done == true
	input.increment.end < input.today
	input.increment.end != ""
}
