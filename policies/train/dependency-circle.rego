package trackwarden.train

import data.trackwarden.lib.kin

# METADATA
# title: Teams wait for each other
# description: >-
#   Open items of the train wait for each other in a circle.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     None of them can ever be begun. One team alone does not see it.
#   remedy: Take one link out, or make an item of its own of the part that the others need first.
#   example: |
#     SHOP-147 waits for PLAT-88 and PLAT-88 for SHOP-147: split the interface off.
#   practice: planning
#   severity: error
#   bundles: [strict, safe-planning]
#   requires: [links]
violation contains {
	"policy": "train/dependency-circle",
	"evidence": {"cycle": cycle.keys},
	"message": sprintf("%s wait for each other.", [kin.named(cycle.keys)]),
	"about": array.slice(cycle.keys, 0, 20),
} if {
	input.level == "train"
	some cycle in input.set.cycles
	count(cycle.keys) > 1
}
