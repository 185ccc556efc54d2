package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Stories not estimated
# description: >-
#   An open feature of this or the next increment of whose open stories too large a share has no estimate. Where
#   no story under it is estimated at all, estimates are not used and nothing is said.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     Nobody can say whether the feature fits. The teams find out in the middle of the increment.
#   remedy: Estimates for the stories that have none.
#   example: |
#     Take ten minutes of the next refinement for SHOP-148 and SHOP-151.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   committed: true
#   params:
#     percent: {default: 25, description: The largest share of open stories without an estimate.}
#     days: {default: 28, description: Days before the increment from which on it is asked.}
violation contains {
	"policy": "feature/stories-not-estimated",
	"evidence": {"not_estimated": feature_stories_without_points},
	"message": sprintf("Of %s that are open, %d have no estimate.", [kin.counted(kin.open), count(feature_without_points)]),
	"about": feature_stories_without_points,
} if {
	input.facts.not_done == true
	input.facts.increment_in_days <= input.settings["feature/stories-not-estimated"].days
	feature_without_points != []
	some child in input.children
	child.points >= 0
	100 * count(feature_without_points) > input.settings["feature/stories-not-estimated"].percent * count(kin.open)
}

feature_without_points := [c |
	some c in kin.open
	not c.points
]

feature_stories_without_points := kin.keys(feature_without_points)
