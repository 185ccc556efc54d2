package trackwarden.story

import data.trackwarden.lib.wording

# METADATA
# title: Vague words
# description: >-
#   An open business story whose user story holds words that two people would check differently, such as easy, fast or
#   appropriate; the lists are in docs/story-text.md.
# related_resources:
#   - https://doi.org/10.1007/s00766-016-0250-x
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     Everybody agrees on "fast", and each means another time. The difference is found at the demo.
#   remedy: >-
#     A number, an example, or the word left out.
#   example: |
#     "I want the page to load fast" becomes "I want to see the first results within a second".
#   practice: readiness
#   severity: info
#   bundles: [story-text]
#   grace: 1
#   params:
#     ignore: {default: [], description: Words of the lists that are precise enough here.}
#     also: {default: [], description: More words that are vague here; one or several words each.}
violation contains {
	"policy": "story/vague-words",
	"evidence": {"words": sort(input.text.story.vague)},
	"message": sprintf("The user story says %s, which two people would check differently.", [wording.quoted(vague)]),
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	vague := array.concat(
		wording.let_be(input.text.story.vague, input.settings["story/vague-words"].ignore),
		wording.own(input.text.story.sentence, input.settings["story/vague-words"].also),
	)
	vague != []
}
