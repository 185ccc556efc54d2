package trackwarden.story

# METADATA
# title: User story that wants nothing
# description: >-
#   An open business story whose user story names a role and a reason, but nothing that the role wants to do.
# related_resources:
#   - https://doi.org/10.1007/s00766-016-0250-x
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     Without something to do there is nothing to build, and the team fills the gap with a guess.
#   remedy: >-
#     What somebody in this role wants to do: "I want …".
#   example: |
#     "As a teacher, so that parents know the date" becomes "As a teacher, I want to publish the date of the exam so that
#     parents know it".
#   practice: readiness
#   severity: warning
#   bundles: [story-text]
#   grace: 1
violation contains {
	"policy": "story/no-means",
	"evidence": {"missing": "means"},
	"message": "The user story does not say what is wanted.",
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	"means" in input.text.story.missing
}
