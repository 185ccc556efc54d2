package trackwarden.story

# METADATA
# title: Reopened again and again
# description: >-
#   An open story that has come back from done several times. Where its past is not known, it is not asked.
# related_resources:
#   - https://framework.scaledagile.com/inspect-and-adapt/
#   - https://doi.org/10.1016/j.infsof.2022.106972
# custom:
#   why: >-
#     Done did not mean done. Mostly a case was not thought of, or finished work is not checked before it is
#     called so.
#   remedy: What was missing each time as a criterion, before it is begun again.
#   example: |
#     It came back because expired vouchers had been forgotten: "An expired voucher is taken off the total" is a
#     criterion now, and has a test.
#   practice: inspect-adapt
#   severity: info
#   bundles: [strict]
#   committed: true
#   params:
#     times: {default: 2, description: How often it came back from which on it is said.}
violation contains {
	"policy": "story/reopened",
	"evidence": {"reopened": input.facts.reopened},
	"message": sprintf("Times that it came back from done: %d.", [input.facts.reopened]),
} if {
	input.facts.not_done == true
	input.facts.reopened >= input.settings["story/reopened"].times
}
