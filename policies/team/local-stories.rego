package trackwarden.team

# METADATA
# title: Many stories without feature
# description: >-
#   A large share of the team's ordinary stories belongs to no feature. Bugs and enablers are not counted; some
#   local work is normal.
# related_resources:
#   - https://framework.scaledagile.com/agile-release-train/
# custom:
#   why: >-
#     What belongs to no feature is not in the train's plan. When it is much, the team works for somebody else
#     than the train thinks.
#   remedy: A feature for what belongs together, or agree on how much capacity local work gets.
#   example: |
#     Twelve stories about the receipt become the feature "Receipt by mail".
#   practice: strategy
#   severity: warning
#   bundles: [strict]
#   requires: [parent]
#   params:
#     percent: {default: 20, description: The largest share of stories without a feature.}
#     least: {default: 10, description: So many stories have to be there.}
violation contains {
	"policy": "team/local-stories",
	"evidence": {"local": "many"},
	"message": sprintf("%d of %d stories belong to no feature.", [input.set.items.without_parent, input.set.items.stories]),
} if {
	input.level == "team"
	input.set.items.stories >= input.settings["team/local-stories"].least
	input.set.items.without_parent * 100 > input.settings["team/local-stories"].percent * input.set.items.stories
}
