package trackwarden.train

import data.trackwarden.lib.say

# METADATA
# title: Order against WSJF
# description: >-
#   A feature stands several places below one whose WSJF is lower.
# related_resources:
#   - https://framework.scaledagile.com/wsjf/
# custom:
#   why: >-
#     The order of the backlog decides what is built. When it contradicts WSJF, either the numbers or the order
#     are not meant.
#   remedy: The place that its WSJF gives it, or new numbers.
#   example: |
#     "Gift cards" (WSJF 9) stands six places below "Dark mode" (WSJF 2): change places.
#   practice: prioritise
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     places: {default: 3, description: How many places too low a feature may stand.}
violation contains {
	"policy": "train/order-against-wsjf",
	"evidence": {"above": pair.above.id, "below": pair.below.id},
	"message": sprintf("%s with WSJF %v stands %d places too low, below %s with %v.", [pair.below.key, say.tenths(pair.below_wsjf), pair.places, pair.above.key, say.tenths(pair.above_wsjf)]),
	"about": [pair.below.key, pair.above.key],
} if {
	input.level == "train"
	some pair in input.set.rank.inversions
	pair.places > input.settings["train/order-against-wsjf"].places
}
