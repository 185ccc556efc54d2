package trackwarden.story

import data.trackwarden.lib.wording

# METADATA
# title: Two wishes in one story
# description: >-
#   An open business story whose user story joins two roles, or two actions in what is wanted. Things that are only
#   listed together, such as size and colour, are one wish.
# related_resources:
#   - https://doi.org/10.1007/s00766-016-0250-x
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     The team finishes one half and cannot close the story; the other half, perhaps of little value, comes along.
#   remedy: >-
#     One story for each action or role, or one word for both.
#   example: |
#     "I want to scan a parcel and print its label" becomes two stories; the first is of use without the second.
#   practice: break-down
#   severity: info
#   bundles: [story-text]
#   grace: 1
#   params:
#     ignore: {default: [], description: Words that may join two wishes.}
violation contains {
	"policy": "story/not-atomic",
	"evidence": {"joins": sort(input.text.story.conjunctions)},
	"message": sprintf("The user story joins two wishes with %s.", [wording.quoted(joins)]),
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	input.text.story.conjunctions != []
	joins := wording.let_be(input.text.story.conjunctions, input.settings["story/not-atomic"].ignore)
	joins != []
}
