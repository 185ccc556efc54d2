package trackwarden.team

# METADATA
# title: Next iteration not estimated
# description: >-
#   Of the stories in the team's next iteration too large a share has no estimate. A team that never finished
#   anything with an estimate does not estimate, and nothing is said.
# related_resources:
#   - https://framework.scaledagile.com/iteration-planning/
# custom:
#   why: >-
#     Nobody can say whether the iteration fits. It is found out in its middle.
#   remedy: Estimates before iteration planning.
#   example: |
#     Ten minutes of the next refinement for the five stories without.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     percent: {default: 25, description: The largest share without an estimate.}
violation contains {
	"policy": "team/next-iteration-unestimated",
	"evidence": {"iteration": iteration.name},
	"message": sprintf("%s: %d of %d stories have no estimate.", [iteration.name, iteration.unestimated, iteration.items]),
} if {
	input.level == "team"
	input.set.velocity.points_median > 0
	iteration := next_unestimated_iteration
	iteration.unestimated * 100 > input.settings["team/next-iteration-unestimated"].percent * iteration.items
}

next_unestimated_iteration := [i | some i in input.set.iterations; i.state == "future"][0]
