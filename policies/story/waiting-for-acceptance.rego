package trackwarden.story

import data.trackwarden.lib.words
import data.trackwarden.lib.work

# METADATA
# title: Waiting to be accepted
# description: >-
#   A story that has been for some days in one of the states in which the Product Owner is to accept it. Where
#   the tracker does not say since when, it is not asked.
# related_resources:
#   - https://framework.scaledagile.com/product-owner/
#   - https://framework.scaledagile.com/iteration-review/
# custom:
#   why: >-
#     The team has moved on. Each day more has to be remembered when something is found.
#   remedy: Accept it, or say what is missing.
#   example: |
#     A quarter of an hour each day after the stand-up: what is ready is looked at together.
#   practice: feedback
#   severity: warning
#   bundles: [strict]
#   committed: true
#   params:
#     days: {default: 7, description: Days in the state from which on it is said.}
#     states:
#       default: [acceptance, in acceptance, ready for acceptance, waiting for acceptance, uat, resolved, abnahme]
#       description: States of acceptance, by the tracker's names.
violation contains {
	"policy": "story/waiting-for-acceptance",
	"evidence": {"state": input.subject.state.native, "since": input.subject.state.since},
	"message": sprintf("%s.", [work.state]),
} if {
	input.facts.not_done == true
	input.facts.state_days >= input.settings["story/waiting-for-acceptance"].days
	words.one(input.subject.state.native, input.settings["story/waiting-for-acceptance"].states)
}
