package trackwarden.feature

# METADATA
# title: No strategic theme
# description: >-
#   An open feature that serves no strategic theme: neither its own field nor a rule of the settings names one.
# related_resources:
#   - https://framework.scaledagile.com/strategic-themes/
# custom:
#   why: >-
#     Themes are how the portfolio says what matters this year. A feature without one takes capacity from the
#     goals without anybody having decided so.
#   remedy: The strategic theme that it serves.
#   example: |
#     Effortless buying.
#   practice: strategy
#   severity: warning
#   bundles: [strict]
#   committed: true
#   grace: 14
violation contains {
	"policy": "feature/no-theme",
	"evidence": {"theme": "none"},
	"message": "No strategic theme is named.",
} if {
	input.facts.not_done == true
	input.subject.theme == ""
	input.known.themes != []
}
