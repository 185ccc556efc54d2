package trackwarden.team

# METADATA
# title: Iteration over capacity
# description: >-
#   An iteration that is not over holds more points than the team's capacity for it allows. Where no capacity is
#   written down, nothing is said.
# related_resources:
#   - https://framework.scaledagile.com/iteration-planning/
# custom:
#   why: >-
#     What does not fit is carried over, and what others wait for is late without anybody having decided so.
#   remedy: Take stories out until it fits, the least valuable first.
#   example: |
#     Sprint 49 holds 31 points and 22 fit: move "Dark mode" to Sprint 50.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     percent: {default: 100, description: How many per cent of its capacity an iteration may hold.}
violation contains {
	"policy": "team/over-capacity",
	"evidence": {"iteration": iteration.name},
	"message": sprintf("%s holds %v points; the capacity is %v.", [iteration.name, iteration.points, iteration.capacity]),
} if {
	input.level == "team"
	some iteration in input.set.iterations
	iteration.state in {"active", "future"}
	iteration.points * 100 > iteration.capacity * input.settings["team/over-capacity"].percent
}
