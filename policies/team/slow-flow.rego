package trackwarden.team

# METADATA
# title: Stories take long
# description: >-
#   Half of the stories that the team finished in the last twelve weeks were open for longer than a number of
#   days from their creation.
# related_resources:
#   - https://framework.scaledagile.com/measure-and-grow/
# custom:
#   why: >-
#     What is old when it is finished was written for a need that may have gone. Feedback comes too late to use.
#   remedy: Write stories shortly before they are built, and limit how many wait.
#   example: |
#     Nothing is written as a story that is not planned for the next two increments.
#   practice: inspect-adapt
#   severity: info
#   bundles: [strict]
#   params:
#     days: {default: 90, description: The longest median in days.}
#     least: {default: 10, description: So many stories have to be finished.}
violation contains {
	"policy": "team/slow-flow",
	"evidence": {"flow": "slow"},
	"message": sprintf("Half of the %d finished stories were open for %v days or longer.", [input.set.flow.closed, input.set.flow.lead_days_median]),
} if {
	input.level == "team"
	input.set.flow.closed >= input.settings["team/slow-flow"].least
	input.set.flow.lead_days_median > input.settings["team/slow-flow"].days
}
