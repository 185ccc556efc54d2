package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Many teams for one feature
# description: >-
#   An open feature on whose open stories more teams work than can agree with each other.
# related_resources:
#   - https://framework.scaledagile.com/agile-release-train/
# custom:
#   why: >-
#     Each team more needs agreements with all the others. The feature moves at the speed of the slowest.
#   remedy: Features that one or two teams can finish.
#   example: |
#     "One-click checkout on the phone" for Checkout and Mobile; the invoice part becomes a feature of Billing.
#   practice: break-down
#   severity: info
#   bundles: [safe-planning]
#   committed: true
#   params:
#     most: {default: 3, description: The most teams for one feature.}
violation contains {
	"policy": "feature/many-teams",
	"evidence": {"teams": feature_teams},
	"message": sprintf("%d teams work on it: %s.", [count(feature_teams), kin.named(feature_teams)]),
} if {
	input.facts.not_done == true
	count(feature_teams) > input.settings["feature/many-teams"].most
}

feature_teams := array.slice(sort({c.team | some c in kin.open; c.team != ""}), 0, 20)
