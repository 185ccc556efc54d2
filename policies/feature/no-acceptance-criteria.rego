package trackwarden.feature

# METADATA
# title: No acceptance criteria
# description: >-
#   An open feature for which no acceptance criterion was found: not in the field, not under such a heading, not
#   in a checklist. A description that had to be cut proves nothing and is let be.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     The criteria of a feature say what the system demo has to show. Without them a feature is never done, only
#     given up.
#   remedy: Three checks that the system demo can show.
#   example: |
#     - A returning customer pays without typing a card.
#     - An order can be taken back for one minute.
#     - The share of carts given up at payment is measured.
#   practice: readiness
#   severity: warning
#   bundles: [strict]
#   requires: [acceptance_criteria]
#   committed: true
#   grace: 7
violation contains {
	"policy": "feature/no-acceptance-criteria",
	"evidence": {"acceptance_criteria": "none"},
	"message": "The field is empty and there is no such heading.",
} if {
	input.facts.not_done == true
	input.text.truncated == false
	input.text.criteria == []
}
