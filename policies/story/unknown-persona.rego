package trackwarden.story

import data.trackwarden.lib.words

# METADATA
# title: Unknown persona
# description: >-
#   An open story whose persona is not among those that the organisation has named. Where none are named, it is
#   not asked.
# related_resources:
#   - https://framework.scaledagile.com/customer-centricity/
#   - https://framework.scaledagile.com/design-thinking/
# custom:
#   why: >-
#     Nobody can look up what this persona needs. Often it is a known one, spelt differently, and then reports
#     count it twice.
#   remedy: One of the known personas, or this one added to them.
#   example: |
#     "Parents" becomes "Busy parent".
#   practice: customer
#   severity: info
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "story/unknown-persona",
	"evidence": {"persona": input.subject.persona},
	"message": sprintf("Its persona is %s; that is none of those that are known.", [input.subject.persona]),
} if {
	input.facts.not_done == true
	input.known.personas[0]
	input.subject.persona != ""
	not words.one(input.subject.persona, input.known.personas)
}
