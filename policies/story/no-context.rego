package trackwarden.story

import data.trackwarden.lib.words

# METADATA
# title: No context
# description: >-
#   An open story that does not say why it is there: no "so that", no heading such as Context or Why, and only a
#   few words. Bugs are let be.
# related_resources:
#   - https://framework.scaledagile.com/story/
#   - https://framework.scaledagile.com/customer-centricity/
# custom:
#   why: >-
#     Who knows the reason finds the simpler way, and notices when the reason is gone.
#   remedy: A sentence on why this is needed now, or "so that" in the story.
#   example: |
#     Context: one in four shoppers leaves on the payment page; most of them are on the phone.
#   practice: readiness
#   severity: info
#   bundles: [strict]
#   requires: [description]
#   grace: 1
#   params:
#     headings:
#       default: [context, background, why, reason, kontext, hintergrund, warum, ausgangslage, anlass]
#       description: Words in a heading under which the reason is found, in small letters.
#     enough_words: {default: 60, description: A description of so many words is taken to hold the reason.}
violation contains {
	"policy": "story/no-context",
	"evidence": {"context": "none"},
	"message": "It does not say why it is needed.",
} if {
	input.text.ends == ""
	input.facts.not_done == true
	input.text.truncated == false
	input.subject.item_kind != "bug"
	input.text.words > 0
	input.text.words < input.settings["story/no-context"].enough_words
	not words.headed(input.settings["story/no-context"].headings)
}
