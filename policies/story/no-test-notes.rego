package trackwarden.story

import data.trackwarden.lib.words

# METADATA
# title: No test notes
# description: >-
#   An open story with one of the labels or components in the settings whose description has no heading for how
#   it is tested. Without such labels or components in the settings it asks nothing.
# related_resources:
#   - https://framework.scaledagile.com/built-in-quality/
# custom:
#   why: >-
#     In risky parts of a product it is known beforehand what breaks. Whoever tests should not have to find it
#     out again.
#   remedy: >-
#     A heading such as Test notes: what to look at, with which data, and what must not change.
#   example: |
#     Test notes: a voucher and a gift card in one order; the payment provider's test account 3; totals in the old
#     report stay the same.
#   practice: readiness
#   severity: info
#   bundles: [strict]
#   grace: 1
#   params:
#     asked_for: {default: [], description: Labels and components of the stories that are asked.}
#     headings:
#       default: [test, qa, verification, prüfung]
#       description: Words in the heading, in small letters.
violation contains {
	"policy": "story/no-test-notes",
	"evidence": {"heading": "none"},
	"message": "There is no heading for how it is tested.",
} if {
	input.facts.not_done == true
	input.text.truncated == false
	input.settings["story/no-test-notes"].asked_for[0]
	words.common(array.concat(input.subject.labels, input.subject.components), input.settings["story/no-test-notes"].asked_for)
	not words.headed(input.settings["story/no-test-notes"].headings)
}
