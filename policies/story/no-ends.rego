package trackwarden.story

# METADATA
# title: User story without a reason
# description: >-
#   An open business story whose user story says who wants what, and no reason: no "so that", "in order to" or
#   "because".
# related_resources:
#   - https://doi.org/10.1007/s00766-016-0250-x
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     Who knows the reason finds the simpler way, and notices when the reason is gone.
#   remedy: >-
#     What it is good for: "so that …".
#   example: |
#     "As a bookkeeper, I want the month as CSV" becomes "As a bookkeeper, I want the month as CSV so that the auditor needs
#     no access".
#   practice: customer
#   severity: info
#   bundles: [story-text]
#   grace: 1
violation contains {
	"policy": "story/no-ends",
	"evidence": {"missing": "ends"},
	"message": "The user story does not say what it is good for.",
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	"ends" in input.text.story.missing
}
