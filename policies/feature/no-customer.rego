package trackwarden.feature

# METADATA
# title: Nobody named who gets it
# description: >-
#   An open business feature that names no persona and has no user story or part of the description that says
#   for whom it is.
# related_resources:
#   - https://framework.scaledagile.com/customer-centricity/
# custom:
#   why: >-
#     A feature for everybody is tested with nobody. The people for whom it is meant are also those who can say
#     whether it works.
#   remedy: The persona, or one sentence about who has the problem today.
#   example: |
#     Persona: busy parent, who orders on the phone in the evening.
#   practice: customer
#   severity: warning
#   bundles: [strict]
#   grace: 7
#   params:
#     headings:
#       default: [customer, user, persona, audience, who, kunde, kundin, nutzer, zielgruppe]
#       description: >-
#         What a heading says that does so; in small letters.
violation contains {
	"policy": "feature/no-customer",
	"evidence": {"customer": "none"},
	"message": "Neither a persona nor a part of the description says for whom it is.",
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	input.subject.persona == ""
	input.text.role == ""
	input.text.truncated == false
	not feature_has_customer_part
}

feature_has_customer_part if {
	some heading in input.text.headings
	some phrase in input.settings["feature/no-customer"].headings
	contains(lower(heading), phrase)
}
