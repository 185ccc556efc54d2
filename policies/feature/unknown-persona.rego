package trackwarden.feature

# METADATA
# title: Persona that is not known
# description: >-
#   An open feature whose field names a persona that the settings do not know. Capital letters do not matter.
# related_resources:
#   - https://framework.scaledagile.com/customer-centricity/
# custom:
#   why: >-
#     A persona that nobody else uses was mostly made up for this one feature; what is known of the real ones is
#     not used.
#   remedy: One of the personas of the settings, or add the new one there.
#   example: |
#     "Parent" is meant to be "Busy parent".
#   practice: customer
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "feature/unknown-persona",
	"evidence": {"persona": input.subject.persona},
	"message": sprintf("%q is none of the personas.", [input.subject.persona]),
} if {
	input.facts.not_done == true
	input.subject.persona != ""
	input.known.personas != []
	not feature_persona_is_known
}

feature_persona_is_known if {
	some persona in input.known.personas
	lower(persona) == lower(input.subject.persona)
}
