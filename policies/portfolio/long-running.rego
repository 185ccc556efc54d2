package trackwarden.portfolio

import data.trackwarden.lib.say

# METADATA
# title: In progress for very long
# description: >-
#   An epic that has been in the same active state for many months. When it entered the state has to be known.
# related_resources:
#   - https://framework.scaledagile.com/portfolio-kanban/
# custom:
#   why: >-
#     Epics that never end eat the capacity of everything that comes after them.
#   remedy: Close it with what it has brought, and weigh what is left as a new epic.
#   example: |
#     Close "New shop" after the first market, and weigh the second market anew.
#   practice: inspect-adapt
#   severity: info
#   bundles: [strict]
#   committed: true
#   params:
#     days: {default: 365, description: Days in the state from which on it is said.}
violation contains {
	"policy": "portfolio/long-running",
	"evidence": {"since": input.subject.state.since},
	"message": sprintf("%s%s.", [input.subject.state.native, say.since(input.subject.state.since)]),
} if {
	input.facts.active == true
	input.facts.state_days >= input.settings["portfolio/long-running"].days
}
