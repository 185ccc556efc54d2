package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Blocked below, not above
# description: >-
#   An open feature with a story in progress that is marked as blocked, while the feature is not.
# related_resources:
#   - https://framework.scaledagile.com/pi-objectives/
# custom:
#   why: >-
#     Whoever looks at features only, sees that all is well. Help comes when it is too late.
#   remedy: Mark the feature as blocked too, or solve what blocks the story.
#   example: |
#     Add the label "blocked" to the feature and raise it at the next sync of the train.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
#   params:
#     labels:
#       default: [blocked, impediment]
#       description: >-
#         Labels that say so, in small letters.
violation contains {
	"policy": "feature/blocked-story-hidden",
	"evidence": {"blocked": feature_blocked_stories},
	"message": sprintf("%s under it is marked as blocked; the %s is not.", [kin.named(feature_blocked_stories), input.subject.type]),
	"about": feature_blocked_stories,
} if {
	input.facts.not_done == true
	feature_blocked_stories != []
	not feature_is_marked_blocked
}

feature_blocked_stories := kin.keys([c |
	some c in kin.open
	some label in c.labels
	lower(label) in input.settings["feature/blocked-story-hidden"].labels
])

feature_is_marked_blocked if {
	some label in input.subject.labels
	lower(label) in input.settings["feature/blocked-story-hidden"].labels
}
