package trackwarden.story

# METADATA
# title: No description
# description: >-
#   An open story whose description is empty.
# related_resources:
#   - https://framework.scaledagile.com/story/
#   - https://xp123.com/articles/invest-in-good-stories-and-smart-tasks/
# custom:
#   why: >-
#     A title is a reminder for those who were there. Everybody else has to ask, and after some weeks those who
#     were there do too.
#   remedy: Who needs it, what for, and what is meant, in two or three sentences.
#   example: |
#     As a busy parent, I want to pay with one click so that I am done before the bus comes. Today it takes four
#     pages; the second one is where people give up.
#   practice: readiness
#   severity: warning
#   bundles: [strict]
#   requires: [description]
#   committed: true
#   grace: 1
violation contains {
	"policy": "story/no-description",
	"evidence": {"description": "none"},
	"message": "There is nothing but the title.",
} if {
	input.text.words == 0
	input.facts.not_done == true
	input.text.truncated == false
}
