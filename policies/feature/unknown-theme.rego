package trackwarden.feature

# METADATA
# title: Theme that is not known
# description: >-
#   An open feature whose field names a strategic theme that the settings do not know. Capital letters do not
#   matter.
# related_resources:
#   - https://framework.scaledagile.com/strategic-themes/
# custom:
#   why: >-
#     A misspelt or old theme is counted for no theme at all: the mix of investments looks better or worse than
#     it is.
#   remedy: One of the themes of the settings, or add the new one there.
#   example: |
#     "Effortles buying" is meant to be "Effortless buying".
#   practice: strategy
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "feature/unknown-theme",
	"evidence": {"theme": input.subject.theme},
	"message": sprintf("%q is none of the strategic themes.", [input.subject.theme]),
} if {
	input.facts.not_done == true
	input.subject.theme != ""
	input.known.themes != []
	not feature_theme_is_known
}

feature_theme_is_known if {
	some theme in input.known.themes
	lower(theme) == lower(input.subject.theme)
}
