package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Less urgent than its stories
# description: >-
#   An open feature with a lower priority than an open story under it. Priorities that the settings do not list
#   are not compared.
# related_resources:
#   - https://framework.scaledagile.com/program-backlog/
# custom:
#   why: >-
#     The order of features and the order of stories say different things, and each team follows another one.
#   remedy: The priority of the most urgent story, or a lower one for the story.
#   example: |
#     SHOP-148 is High: the feature is High too, or SHOP-148 is not.
#   practice: prioritise
#   severity: info
#   bundles: [strict]
#   requires: [priority]
#   params:
#     order:
#       default: [Highest, High, Medium, Low, Lowest]
#       description: >-
#         The priorities as the tracker calls them; the most urgent first.
violation contains {
	"policy": "feature/priority-below-stories",
	"evidence": {"priority": input.subject.priority, "above": feature_more_urgent_stories},
	"message": sprintf("Its priority is %s, and that of %s is higher.", [input.subject.priority, kin.named(feature_more_urgent_stories)]),
	"about": feature_more_urgent_stories,
} if {
	input.facts.not_done == true
	input.subject.priority != ""
	feature_more_urgent_stories != []
}

feature_more_urgent_stories := kin.keys([c |
	some c in kin.open
	some mine, word in input.settings["feature/priority-below-stories"].order
	lower(word) == lower(input.subject.priority)
	some theirs, other in input.settings["feature/priority-below-stories"].order
	lower(other) == lower(c.priority)
	theirs < mine
])
