package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Too big for an increment
# description: >-
#   An open feature whose open stories have more points together than a feature here should have.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     What does not fit into one increment is finished in none, and hides what could be shown earlier.
#   remedy: Two features, each of them finished within one increment.
#   example: |
#     "Pay with a saved card" now, "Take an order back" in the next increment.
#   practice: break-down
#   severity: warning
#   bundles: [strict, safe-planning]
#   committed: true
#   params:
#     max_points: {default: 80, description: The most points that the open stories of a feature should have.}
violation contains {
	"policy": "feature/too-big",
	"evidence": {"points": "too many"},
	"message": sprintf("Its open stories have %v points; %v is the most for one %s.", [feature_points_left, input.settings["feature/too-big"].max_points, input.subject.type]),
} if {
	input.facts.not_done == true
	feature_points_left > input.settings["feature/too-big"].max_points
}

feature_points_left := sum([c.points | some c in kin.open])
