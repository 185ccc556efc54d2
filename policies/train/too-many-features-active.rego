package trackwarden.train

# METADATA
# title: Too many features active
# description: >-
#   More features are in progress on the train than its teams can finish together.
# related_resources:
#   - https://framework.scaledagile.com/program-kanban/
# custom:
#   why: >-
#     Features that are all begun are all late. The first value comes with the last of them.
#   remedy: Finish the oldest before the next is begun.
#   example: |
#     A limit for the column "Implementing" of the train's board.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   params:
#     per_team: {default: 3, description: The most features in progress for each team.}
violation contains {
	"policy": "train/too-many-features-active",
	"evidence": {"active": "too many"},
	"message": sprintf("%d features are in progress for %d teams; %v for each is the most.", [count(input.set.active.features), count(input.set.teams), input.settings["train/too-many-features-active"].per_team]),
	"about": array.slice([one.item.key | some one in input.set.active.features], 0, 20),
} if {
	input.level == "train"
	count(input.set.teams) > 0
	count(input.set.active.features) > count(input.set.teams) * input.settings["train/too-many-features-active"].per_team
}
