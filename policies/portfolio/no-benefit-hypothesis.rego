package trackwarden.portfolio

# METADATA
# title: No business case
# description: >-
#   An epic in progress that does not say what will be better for whom: the field is empty and there is no such
#   heading.
# related_resources:
#   - https://framework.scaledagile.com/epic/
# custom:
#   why: >-
#     An epic costs several teams for months. Without a hypothesis nobody can say when to stop it.
#   remedy: One sentence on what will be better for whom, and the smallest step that would show it.
#   example: |
#     "Customers who come back order twice as often. We shall see it in the orders of the first 1,000 saved
#     cards."
#   practice: strategy
#   severity: warning
#   bundles: [strict]
#   requires: [benefit_hypothesis]
#   committed: true
violation contains {
	"policy": "portfolio/no-benefit-hypothesis",
	"evidence": {"benefit_hypothesis": "none"},
	"message": "The field is empty and there is no such heading.",
} if {
	input.facts.active == true
	input.text.truncated == false
	input.text.hypothesis == ""
}
