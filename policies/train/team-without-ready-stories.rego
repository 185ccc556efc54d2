package trackwarden.train

# METADATA
# title: Team has nothing ready
# description: >-
#   A team of the train has open stories, and none of them is ready.
# related_resources:
#   - https://framework.scaledagile.com/backlog-refinement/
# custom:
#   why: >-
#     At the next iteration planning the team will refine instead of plan, or begin something half understood.
#   remedy: Refine the first five stories of that team.
#   example: |
#     A refinement before Thursday, with somebody who knows the customers.
#   practice: readiness
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     least: {default: 5, description: So many open stories have to be there.}
violation contains {
	"policy": "train/team-without-ready-stories",
	"evidence": {"team": team.name},
	"message": sprintf("Of %d open stories of %s none is ready.", [team.stories, team.name]),
} if {
	input.level == "train"
	some team in input.set.teams
	team.stories >= input.settings["train/team-without-ready-stories"].least
	team.ready == 0
}
