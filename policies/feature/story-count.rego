package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Few or many stories
# description: >-
#   An open feature with fewer or more stories than a feature usually has. One without any is another policy's
#   business.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     One story is no feature, and thirty are several. Both make the feature useless as the thing that a train
#     plans and shows.
#   remedy: Merge it into a larger feature, or split it by what can be shown on its own.
#   example: |
#     "Checkout" with 31 stories becomes "Pay with a saved card", "Pay as a guest" and "Take an order back".
#   practice: break-down
#   severity: info
#   bundles: [strict]
#   grace: 30
#   params:
#     least: {default: 3, description: The fewest stories of a feature.}
#     most: {default: 15, description: The most stories of a feature.}
violation contains {
	"policy": "feature/story-count",
	"evidence": {"stories": "few"},
	"message": sprintf("%s under it; fewer than %d make no feature.", [kin.counted(input.children), input.settings["feature/story-count"].least]),
} if {
	input.facts.not_done == true
	input.facts.children_known == true
	input.children != []
	count(input.children) < input.settings["feature/story-count"].least
}

violation contains {
	"policy": "feature/story-count",
	"evidence": {"stories": "many"},
	"message": sprintf("%s under it; more than %d are several features.", [kin.counted(input.children), input.settings["feature/story-count"].most]),
} if {
	input.facts.not_done == true
	count(input.children) > input.settings["feature/story-count"].most
}
