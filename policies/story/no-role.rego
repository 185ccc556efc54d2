package trackwarden.story

# METADATA
# title: User story without a role
# description: >-
#   An open business story whose user story begins with what is wanted and does not say who wants it.
# related_resources:
#   - https://doi.org/10.1007/s00766-016-0250-x
#   - https://framework.scaledagile.com/customer-centricity/
# custom:
#   why: >-
#     Nobody can be asked what was meant, and nobody can say whether it helps.
#   remedy: >-
#     Who it is that wants this: "As a …".
#   example: |
#     "I want to see overdue invoices so that I can call" becomes "As a bookkeeper, I want to see overdue invoices so
#     that I can call".
#   practice: customer
#   severity: info
#   bundles: [story-text]
#   grace: 1
violation contains {
	"policy": "story/no-role",
	"evidence": {"missing": "role"},
	"message": "The user story does not say who wants it.",
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	"role" in input.text.story.missing
}
