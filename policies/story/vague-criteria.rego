package trackwarden.story

import data.trackwarden.lib.wording

# METADATA
# title: Vague acceptance criteria
# description: >-
#   An open business story whose acceptance criteria hold words that two people would check differently, such as fast,
#   appropriate or as expected; the lists are in docs/story-text.md.
# related_resources:
#   - https://doi.org/10.1007/s00766-016-0250-x
#   - https://framework.scaledagile.com/behavior-driven-development/
# custom:
#   why: >-
#     A criterion is there to end discussions. One that says "in an appropriate time" begins them, at the demo.
#   remedy: >-
#     A number or an example that can be answered with yes or no.
#   example: |
#     "The page loads in an appropriate time" becomes "The page shows the first results within a second".
#   practice: readiness
#   severity: info
#   bundles: [story-text]
#   requires: [acceptance_criteria]
#   grace: 1
#   params:
#     ignore: {default: [], description: Words of the lists that are precise enough here.}
#     also: {default: [], description: More words that are vague here; one or several words each.}
violation contains {
	"policy": "story/vague-criteria",
	"evidence": {"words": sort(input.text.story.vague_criteria)},
	"message": sprintf("The acceptance criteria say %s, which two people would check differently.", [wording.quoted(vague)]),
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	input.text.criteria != []
	vague := array.concat(
		wording.let_be(input.text.story.vague_criteria, input.settings["story/vague-criteria"].ignore),
		vague_criteria_own,
	)
	vague != []
}

vague_criteria_own := wording.own(concat(" ", input.text.criteria), input.settings["story/vague-criteria"].also)
