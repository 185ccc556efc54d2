package trackwarden.feature

import data.trackwarden.lib.say

# METADATA
# title: In progress for very long
# description: >-
#   A feature that has been in the same active state for longer than an increment lasts. When it entered the
#   state has to be known.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     A feature fits into one increment. One that takes longer was too big, or is stuck, and its value comes
#     late.
#   remedy: Close what is usable, and make a feature of the rest.
#   example: |
#     "Pay with a saved card" is live since October: close it, and plan "Take an order back".
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
#   params:
#     days:
#       default: 84
#       description: >-
#         Days in the state from which on it is said; an increment has ten to twelve weeks.
violation contains {
	"policy": "feature/long-running",
	"evidence": {"since": input.subject.state.since},
	"message": sprintf("%s%s.", [input.subject.state.native, say.since(input.subject.state.since)]),
} if {
	input.facts.active == true
	input.facts.state_days >= input.settings["feature/long-running"].days
}
