package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Stories beyond its increment
# description: >-
#   An open feature with open stories that are planned for a later increment than the feature itself.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     A feature fits into one increment; otherwise the plan shows it as finished when a part of it is still to
#     come.
#   remedy: Move the late stories into a feature of their own, or the feature to the later increment.
#   example: |
#     "Refunds" and "Gift cards" become the feature "One-click for gifts" of the next increment.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   committed: true
violation contains {
	"policy": "feature/stories-beyond-increment",
	"evidence": {"later": feature_later_stories},
	"message": sprintf("It is planned for %s, and %s for later.", [input.increment.name, kin.named(feature_later_stories)]),
	"about": feature_later_stories,
} if {
	input.facts.not_done == true
	input.increment.end != ""
	feature_later_stories != []
}

feature_later_stories := kin.keys([c | some c in kin.open; c.increment_start > input.increment.end])
