package trackwarden.story

# METADATA
# title: User story too short or too long
# description: >-
#   An open business story whose user story has very few words, or so many that nobody reads to its end.
# related_resources:
#   - https://doi.org/10.1007/s00766-016-0250-x
# custom:
#   why: >-
#     A few words leave out who or why; very many hold several wishes or the whole solution.
#   remedy: >-
#     Who, what and why in one breath; what is left becomes acceptance criteria.
#   example: |
#     "As a shopper, I want filters" says nothing of what for; with sixty words the half are criteria.
#   practice: readiness
#   severity: info
#   bundles: [story-text]
#   grace: 1
#   params:
#     least_words: {default: 8, description: The fewest words of a user story.}
#     most_words: {default: 40, description: The most words of a user story.}
violation contains {
	"policy": "story/too-short-or-long",
	"evidence": {"words": input.text.story.words},
	"message": sprintf("The user story has %d words.", [input.text.story.words]),
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	input.text.story.words > 0
	story_of_wrong_length
}

story_of_wrong_length if input.text.story.words < input.settings["story/too-short-or-long"].least_words

story_of_wrong_length if input.text.story.words > input.settings["story/too-short-or-long"].most_words
