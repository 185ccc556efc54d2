package trackwarden.feature

# METADATA
# title: No scope boundary
# description: >-
#   An open feature whose description has no part that says what does not belong to it.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     What is left out is the part that people disagree on. When it is not written down, the feature grows until
#     somebody stops it.
#   remedy: A heading "Out of scope" with what comes later, or never.
#   example: |
#     **Out of scope:** gift cards, refunds, orders by phone.
#   practice: readiness
#   severity: info
#   bundles: [strict]
#   grace: 14
#   params:
#     headings:
#       default: [out of scope, not in scope, non-goals, no goals, nicht enthalten, abgrenzung, nicht-ziele]
#       description: >-
#         What a heading says that does so; in small letters.
#     words: {default: 30, description: Only descriptions with at least so many words are asked.}
violation contains {
	"policy": "feature/no-scope-boundary",
	"evidence": {"boundary": "none"},
	"message": "No part of the description says what is out of scope.",
} if {
	input.facts.not_done == true
	input.text.truncated == false
	input.text.words >= input.settings["feature/no-scope-boundary"].words
	not feature_has_boundary
}

feature_has_boundary if {
	some heading in input.text.headings
	some phrase in input.settings["feature/no-scope-boundary"].headings
	contains(lower(heading), phrase)
}
