package trackwarden.story

# METADATA
# title: Hard to read
# description: >-
#   An open business story whose user story is hard to read: its reading ease, after Flesch for English and Amstad for
#   German, is low. Below ten words nothing is said.
# related_resources:
#   - https://doi.org/10.1007/s00766-016-0250-x
# custom:
#   why: >-
#     What has to be read three times is read once, and each reader takes home another part.
#   remedy: >-
#     Shorter words, verbs instead of nouns, one thought.
#   example: |
#     "I want the demonstrable traceability of consolidation adjustments" becomes "I want to see who changed a booking and
#     when".
#   practice: readiness
#   severity: info
#   bundles: [story-text]
#   grace: 1
#   params:
#     least_ease: {default: 0, description: The lowest reading ease that is let be.}
violation contains {
	"policy": "story/hard-to-read",
	"evidence": {"reading_ease": input.text.story.reading_ease},
	"message": sprintf("The reading ease of the user story is %v; everyday English has 60 and more.", [input.text.story.reading_ease]),
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	input.text.story.reading_ease < input.settings["story/hard-to-read"].least_ease
}
