package trackwarden.team

# METADATA
# title: Many bugs
# description: >-
#   A large share of the team's open stories are bugs.
# related_resources:
#   - https://framework.scaledagile.com/built-in-quality/
# custom:
#   why: >-
#     Bugs that wait are known pain of users. When they are many, each iteration makes more of them than it
#     mends.
#   remedy: Agree on a part of each iteration for bugs, and on when a bug is mended before anything else.
#   example: |
#     One day in each iteration; bugs of the last release first.
#   practice: protect
#   severity: info
#   bundles: [strict]
#   params:
#     percent: {default: 50, description: The largest share of bugs.}
#     least: {default: 20, description: So many open stories have to be there.}
violation contains {
	"policy": "team/many-bugs",
	"evidence": {"bugs": "many"},
	"message": sprintf("%d of %d open stories are bugs.", [input.set.items.bugs, input.set.items.stories]),
} if {
	input.level == "team"
	input.set.items.stories >= input.settings["team/many-bugs"].least
	input.set.items.bugs * 100 > input.settings["team/many-bugs"].percent * input.set.items.stories
}
