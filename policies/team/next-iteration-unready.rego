package trackwarden.team

# METADATA
# title: Next iteration not ready
# description: >-
#   Of the stories in the team's next iteration too large a share is not ready: a policy about readiness has an
#   open finding.
# related_resources:
#   - https://framework.scaledagile.com/iteration-planning/
# custom:
#   why: >-
#     What is not ready is refined in iteration planning, by tired people, or taken in half understood.
#   remedy: Refine these stories before iteration planning, or take others.
#   example: |
#     SHOP-147 needs criteria: refinement is on Thursday.
#   practice: readiness
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     percent: {default: 25, description: The largest share that may not be ready.}
violation contains {
	"policy": "team/next-iteration-unready",
	"evidence": {"iteration": iteration.name},
	"message": sprintf("%s: %d of %d stories are not ready.", [iteration.name, iteration.unready_all, iteration.items]),
	"about": [item.key | some item in iteration.unready],
} if {
	input.level == "team"
	iteration := next_unready_iteration
	iteration.unready_all * 100 > input.settings["team/next-iteration-unready"].percent * iteration.items
}

next_unready_iteration := [i | some i in input.set.iterations; i.state == "future"][0]
