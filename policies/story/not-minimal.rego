package trackwarden.story

# METADATA
# title: More than the user story
# description: >-
#   An open business story whose user story holds something in brackets, or goes on behind its end on the same line.
# related_resources:
#   - https://doi.org/10.1007/s00766-016-0250-x
# custom:
#   why: >-
#     What stands in brackets or behind the sentence is agreed on by nobody and tested by nobody, though it may be the
#     larger part.
#   remedy: >-
#     The rest as acceptance criteria or a note, below the user story.
#   example: |
#     "As a guest, I want the guide in my language (English or Polish). It must also work offline." leaves the sentence,
#     and two acceptance criteria.
#   practice: readiness
#   severity: info
#   bundles: [story-text]
#   grace: 1
violation contains {
	"policy": "story/not-minimal",
	"evidence": {"brackets": input.text.story.brackets, "extra": substring(input.text.story.extra, 0, 200)},
	"message": not_minimal_says,
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	not_minimal_says
}

not_minimal_says := "The user story goes on behind its end." if {
	input.text.story.extra != ""
} else := "Something in the user story stands in brackets." if {
	input.text.story.brackets == true
}
