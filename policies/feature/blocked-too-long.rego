package trackwarden.feature

import data.trackwarden.lib.say

# METADATA
# title: Blocked for long
# description: >-
#   An open feature that is marked as blocked by a label or its state, and on which nobody has done anything for
#   some days.
# related_resources:
#   - https://framework.scaledagile.com/pi-objectives/
# custom:
#   why: >-
#     What blocks a feature blocks several teams. After a while everybody has got used to it.
#   remedy: Raise it at the next sync of the train, and write down who solves it until when.
#   example: |
#     "Raised on 24 Nov: Platform unlocks the test account by Friday."
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
#   params:
#     words:
#       default: [blocked, impediment, on hold, blockiert]
#       description: >-
#         Labels and states that say so; in small letters.
#     days: {default: 14, description: Days without activity from which on it is said.}
violation contains {
	"policy": "feature/blocked-too-long",
	"evidence": {"blocked": true, "last_activity": input.facts.last_activity},
	"message": sprintf("It is marked as blocked, and nothing has happened%s.", [say.since(input.facts.last_activity)]),
} if {
	input.facts.not_done == true
	input.facts.idle_days >= input.settings["feature/blocked-too-long"].days
	feature_stands_blocked
}

feature_stands_blocked if {
	some label in input.subject.labels
	lower(label) in input.settings["feature/blocked-too-long"].words
}

feature_stands_blocked if lower(input.subject.state.native) in input.settings["feature/blocked-too-long"].words
