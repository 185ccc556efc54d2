package trackwarden.feature

# METADATA
# title: No benefit hypothesis
# description: >-
#   An open feature that does not say what will be better for whom: the field is empty and there is no such heading
#   in the description. Enablers have a benefit too. A description that had to be cut proves nothing and is let be.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     Without a hypothesis a feature cannot be weighed against others, and nobody can find out later whether it was
#     worth it.
#   remedy: One sentence that says what will be better for whom, and how we shall see it.
#   example: |
#     "Returning customers will abandon fewer carts, because they no longer type their card. We shall see it in the
#     share of carts abandoned at payment, 31 % today."
#   practice: customer
#   severity: warning
#   bundles: [recommended, strict]
#   requires: [benefit_hypothesis]
#   grace: 1
violation contains {
	"policy": "feature/no-benefit-hypothesis",
	"evidence": {"benefit_hypothesis": "none"},
	"message": "The field is empty and there is no such heading.",
} if {
	input.facts.not_done == true
	input.text.truncated == false
	input.text.hypothesis == ""
}
