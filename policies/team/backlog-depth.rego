package trackwarden.team

import data.trackwarden.lib.say

# METADATA
# title: Backlog too short or too long
# description: >-
#   Compares the stories that are ready with what the team finishes in an iteration, and everything that is open with
#   what it finishes in many. By points where the team estimates, else by stories. A team without iterations that are
#   over is not judged.
# related_resources:
#   - https://framework.scaledagile.com/team-backlog/
# custom:
#   why: >-
#     With less than the next iteration's stories ready, planning becomes refinement. What would take many iterations
#     will mostly never be built, and everybody reads past it.
#   remedy: Ready stories for the next two iterations, and no more in the backlog than is wanted within half a year.
#   practice: protect
#   severity: warning
#   bundles: [recommended, strict, safe-planning]
#   requires: [iteration]
#   params:
#     least_ready: {default: 1, description: For how many iterations ready stories have to last.}
#     most: {default: 12, description: For how many iterations everything that is open may last.}
violation contains {
	"policy": "team/backlog-depth",
	"evidence": {"depth": "short"},
	"message": sprintf("What is ready lasts for %v iterations; it should last for %v.", [say.tenths(lasts), least]),
} if {
	input.level == "team"
	depth_velocity > 0
	lasts := depth_ready / depth_velocity
	least := input.settings["team/backlog-depth"].least_ready
	lasts < least
}

violation contains {
	"policy": "team/backlog-depth",
	"evidence": {"depth": "long"},
	"message": sprintf("What is open lasts for %v iterations; %v is the most.", [say.tenths(lasts), most]),
} if {
	input.level == "team"
	depth_velocity > 0
	lasts := depth_open / depth_velocity
	most := input.settings["team/backlog-depth"].most
	lasts > most
}

depth_velocity := input.set.velocity.points_median

depth_velocity := input.set.velocity.items_median if not input.set.velocity.points_median

depth_ready := input.set.points.ready if input.set.velocity.points_median

depth_ready := input.set.items.ready if not input.set.velocity.points_median

depth_open := input.set.points.open if input.set.velocity.points_median

depth_open := input.set.items.stories if not input.set.velocity.points_median
