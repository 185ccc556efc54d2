package trackwarden.story

# METADATA
# title: Carried over again and again
# description: >-
#   An open story that was moved from one iteration to the next several times, not being done. Where its past is
#   not known, it is not asked.
# related_resources:
#   - https://framework.scaledagile.com/iteration-planning/
#   - https://framework.scaledagile.com/iteration-retrospective/
# custom:
#   why: >-
#     It was promised each time. Either it is too big, or something keeps it waiting, or it is not wanted as
#     much as was thought.
#   remedy: A smaller story that fits, or out of the plan.
#   example: |
#     The part that works becomes a story of its own and is finished; the rest goes back to the backlog until
#     somebody asks for it.
#   practice: inspect-adapt
#   severity: info
#   bundles: [strict]
#   requires: [iteration]
#   committed: true
#   params:
#     times: {default: 3, description: How often it was moved from which on it is said.}
violation contains {
	"policy": "story/carried-over",
	"evidence": {"carried_over": input.facts.carried_over},
	"message": sprintf("Iterations that it left unfinished: %d.", [input.facts.carried_over]),
} if {
	input.facts.not_done == true
	input.facts.carried_over >= input.settings["story/carried-over"].times
}
