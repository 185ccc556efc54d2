package trackwarden.team

import data.trackwarden.lib.say

# METADATA
# title: Queue for acceptance
# description: >-
#   More stories wait for acceptance than the Product Owner can look at in a day or two. Which states mean that
#   is in the settings.
# related_resources:
#   - https://framework.scaledagile.com/product-owner/
# custom:
#   why: >-
#     What waits for acceptance is nearly done and helps nobody yet. What is wrong with it is found when the
#     team has forgotten it.
#   remedy: Look at the oldest first, or agree with the team who may accept what.
#   example: |
#     Half an hour a day for acceptance, and small stories accepted in the review.
#   practice: feedback
#   severity: warning
#   bundles: [strict]
#   params:
#     states:
#       default: [acceptance, in acceptance, ready for acceptance, po review, uat, abnahme]
#       description: >-
#         States in which an item waits for acceptance; in small letters.
#     most: {default: 9, description: The most that may wait.}
violation contains {
	"policy": "team/acceptance-queue",
	"evidence": {"state": state.name},
	"message": sprintf("%d items are in %s%s.", [state.items, state.name, say.since(state.since)]),
	"about": [one.item.key | some one in state.sample],
} if {
	input.level == "team"
	some state in input.set.states
	state.level == "story"
	lower(state.name) in input.settings["team/acceptance-queue"].states
	state.items > input.settings["team/acceptance-queue"].most
}
