package trackwarden.story

# METADATA
# title: No user story
# description: >-
#   An open business story whose title and description hold no user story: no "As a …, I want …", in English or
#   German.
# related_resources:
#   - https://framework.scaledagile.com/story/
#   - https://framework.scaledagile.com/customer-centricity/
# custom:
#   why: >-
#     A team that reads what to build and not for whom builds it to the letter, also where a simpler thing would have
#     helped more.
#   remedy: >-
#     One sentence that says who wants what and why.
#   example: |
#     As a busy parent, I want to pay with one click so that I am done before the bus comes.
#   practice: customer
#   severity: info
#   bundles: [story-text]
#   grace: 1
violation contains {
	"policy": "story/no-user-story",
	"evidence": {"user_story": "none"},
	"message": "It does not say who wants what and why.",
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	input.text.story.language == ""
	input.text.truncated == false
}
