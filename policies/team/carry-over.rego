package trackwarden.team

# METADATA
# title: Much is carried over
# description: >-
#   In the last iterations that are over the team carried over a large share of its stories to another one.
# related_resources:
#   - https://framework.scaledagile.com/inspect-and-adapt/
# custom:
#   why: >-
#     What is carried over was planned twice. The plan of everybody who waits for the team is wrong by as much.
#   remedy: Plan less, smaller stories, and look at why the last ones were not finished.
#   example: |
#     In each of the last three iterations the test environment came late: begin with that.
#   practice: inspect-adapt
#   severity: warning
#   bundles: [strict]
#   params:
#     percent: {default: 30, description: The largest share of stories that may be carried over.}
#     iterations: {default: 3, description: How many iterations are looked at.}
violation contains {
	"policy": "team/carry-over",
	"evidence": {"carried": "much"},
	"message": sprintf("%d of %d stories of the last %d iterations were carried over.", [carry_carried, carry_items, count(carry_iterations)]),
} if {
	input.level == "team"
	count(carry_iterations) == input.settings["team/carry-over"].iterations
	carry_carried * 100 > input.settings["team/carry-over"].percent * carry_items
}

carry_past := [i | some i in input.set.iterations; i.state == "past"]

carry_iterations := array.slice(carry_past, max([0, count(carry_past) - input.settings["team/carry-over"].iterations]), count(carry_past))

carry_carried := sum([i.carried | some i in carry_iterations])

carry_items := sum([i.items | some i in carry_iterations])
