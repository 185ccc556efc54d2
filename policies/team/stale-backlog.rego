package trackwarden.team

# METADATA
# title: Much is untouched
# description: >-
#   A large share of the team's open items was not touched by anybody for half a year.
# related_resources:
#   - https://framework.scaledagile.com/team-backlog/
# custom:
#   why: >-
#     Old items are read past in each refinement, and the good ones are hard to find among them.
#   remedy: Close the ten oldest in each refinement; what is needed will come again.
#   example: |
#     The oldest 40 wishes closed with one sentence: "Not in the next half year."
#   practice: protect
#   severity: warning
#   bundles: [strict]
#   params:
#     percent: {default: 20, description: The largest share that may be untouched.}
#     least: {default: 20, description: So many open items have to be there.}
violation contains {
	"policy": "team/stale-backlog",
	"evidence": {"stale": "much"},
	"message": sprintf("%d of %d open items were not touched for half a year.", [input.set.items.stale, input.set.items.total_open]),
} if {
	input.level == "team"
	input.set.items.total_open >= input.settings["team/stale-backlog"].least
	input.set.items.stale * 100 > input.settings["team/stale-backlog"].percent * input.set.items.total_open
}
