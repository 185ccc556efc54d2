package trackwarden.portfolio

# METADATA
# title: No strategic theme
# description: >-
#   An epic in progress that serves no strategic theme: neither its own field nor a rule of the settings names
#   one.
# related_resources:
#   - https://framework.scaledagile.com/strategic-themes/
# custom:
#   why: >-
#     Themes are how the portfolio says what matters this year. An epic without one was never weighed against
#     them.
#   remedy: The strategic theme that it serves, or stop it.
#   example: |
#     Effortless buying.
#   practice: strategy
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "portfolio/no-theme",
	"evidence": {"theme": "none"},
	"message": "No strategic theme is named.",
} if {
	input.facts.active == true
	input.subject.theme == ""
	input.known.themes != []
}
