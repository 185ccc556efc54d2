package trackwarden.feature

# METADATA
# title: Benefit without a measure
# description: >-
#   An open feature with a benefit hypothesis that does not say how anybody will see whether it came true.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     A benefit that nobody can see is a hope. Only with a measure can the train learn which of its bets were
#     good.
#   remedy: One number, where it stands today and where it shall be.
#   example: |
#     "Carts given up at payment: 31 % today, below 25 % four weeks after the release."
#   practice: inspect-adapt
#   severity: warning
#   bundles: [strict]
#   requires: [benefit_hypothesis]
#   grace: 7
violation contains {
	"policy": "feature/no-measure",
	"evidence": {"measure": "none"},
	"message": "It says what will be better, but not how we shall see it.",
} if {
	input.facts.not_done == true
	input.text.truncated == false
	input.text.measure == ""
	input.text.hypothesis != ""
}
