package trackwarden.feature

# METADATA
# title: Opened again
# description: >-
#   An open feature that came back from done more than once.
# related_resources:
#   - https://framework.scaledagile.com/inspect-and-adapt/
# custom:
#   why: >-
#     Something in what "done" means does not work: a criterion is missing, or nobody looked before it was
#     closed.
#   remedy: A criterion for what was found each time.
#   example: |
#     "The receipt shows the discount" becomes a criterion.
#   practice: inspect-adapt
#   severity: info
#   bundles: [strict]
#   committed: true
#   params:
#     times: {default: 2, description: How often from which on it is said.}
violation contains {
	"policy": "feature/reopened",
	"evidence": {"reopened": input.facts.reopened},
	"message": sprintf("It came back from done %d times.", [input.facts.reopened]),
} if {
	input.facts.not_done == true
	input.facts.reopened >= input.settings["feature/reopened"].times
}
