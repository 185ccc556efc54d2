package trackwarden.portfolio

# METADATA
# title: Epic without a measure
# description: >-
#   An epic in progress with a hypothesis that does not say how anybody will see whether it came true.
# related_resources:
#   - https://framework.scaledagile.com/epic/
# custom:
#   why: >-
#     Epics are bets. Without a leading indicator the bet is never settled, and the money goes on being spent.
#   remedy: A leading indicator that shows within weeks, where it stands today and where it shall be.
#   example: |
#     "Share of customers with a saved card: 0 today, 10 % four weeks after the first release."
#   practice: inspect-adapt
#   severity: warning
#   bundles: [strict]
#   requires: [benefit_hypothesis]
#   committed: true
violation contains {
	"policy": "portfolio/no-measure",
	"evidence": {"measure": "none"},
	"message": "It says what will be better, but not how we shall see it.",
} if {
	input.facts.active == true
	input.text.truncated == false
	input.text.measure == ""
	input.text.hypothesis != ""
}
