package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Waits for what is not planned
# description: >-
#   A planned open feature that waits for an open item which is planned for no increment.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     What the feature needs is in nobody's plan. It will be found out when it is late.
#   remedy: Agree with the other team on the increment in which it comes.
#   example: |
#     PLAT-88 gets an increment at the latest one before this feature.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   committed: true
violation contains {
	"policy": "feature/blocker-unplanned",
	"evidence": {"unplanned": feature_unplanned_blockers},
	"message": sprintf("It is planned for %s, and what it waits for is not planned: %s.", [input.increment.name, kin.named(feature_unplanned_blockers)]),
	"about": feature_unplanned_blockers,
} if {
	input.facts.not_done == true
	input.increment.name != ""
	feature_unplanned_blockers != []
}

feature_unplanned_blockers := kin.keys([b |
	some b in kin.blockers
	b.team != "" # an item of somebody whose plan we do not know may well be planned
	b.increment == ""
])
