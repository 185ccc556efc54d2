package trackwarden.team

# METADATA
# title: Order against the features
# description: >-
#   Two of the team's next stories stand in another order than the features that they belong to.
# related_resources:
#   - https://framework.scaledagile.com/wsjf/
# custom:
#   why: >-
#     The train agreed on an order of features. A team that follows another one finishes the less important
#     first.
#   remedy: The order of the features, or agree with the Product Manager on another one.
#   example: |
#     SHOP-151 belongs to the second feature and stands before SHOP-147 of the first: change places.
#   practice: prioritise
#   severity: info
#   bundles: [strict]
#   requires: [rank]
#   params:
#     most: {default: 5, description: How many pairs are named at most.}
violation contains {
	"policy": "team/order-against-features",
	"evidence": {"above": pair.above.id, "below": pair.below.id},
	"message": sprintf("%s stands above %s, but its feature %s below %s.", [pair.above.key, pair.below.key, pair.above_parent.key, pair.below_parent.key]),
	"about": [pair.above.key, pair.below.key],
} if {
	input.level == "team"
	some pair in array.slice(input.set.rank.children, 0, input.settings["team/order-against-features"].most)
}
