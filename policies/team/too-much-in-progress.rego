package trackwarden.team

# METADATA
# title: Too much in progress
# description: >-
#   More stories are in progress than the team finishes in an iteration, by a factor of the settings. A team
#   without iterations is measured against a number of the settings.
# related_resources:
#   - https://framework.scaledagile.com/team-kanban/
# custom:
#   why: >-
#     What is begun and not finished is worth nothing yet, and everything takes longer the more there is of it.
#   remedy: >-
#     Finish before beginning: nobody pulls a new story until the oldest is done.
#   example: |
#     Agree on a limit for the column, and look at the oldest first in the daily stand-up.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   params:
#     times: {default: 2, description: How many times what it finishes in an iteration may be in progress.}
#     most: {default: 15, description: The most for a team without iterations.}
violation contains {
	"policy": "team/too-much-in-progress",
	"evidence": {"active": "too many"},
	"message": sprintf("%d items are in progress; the team finishes %v stories in an iteration.", [input.set.items.active, input.set.velocity.items_median]),
} if {
	input.level == "team"
	input.set.velocity.items_median > 0
	input.set.items.active > input.set.velocity.items_median * input.settings["team/too-much-in-progress"].times
}

violation contains {
	"policy": "team/too-much-in-progress",
	"evidence": {"active": "too many"},
	"message": sprintf("%d items are in progress; %d is the most for a team without iterations.", [input.set.items.active, input.settings["team/too-much-in-progress"].most]),
} if {
	input.level == "team"
	not input.set.velocity.items_median
	input.set.items.active > input.settings["team/too-much-in-progress"].most
}
