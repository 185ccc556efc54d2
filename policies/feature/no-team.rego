package trackwarden.feature

# METADATA
# title: No team
# description: >-
#   An open feature that belongs to none of the teams that the settings name.
# related_resources:
#   - https://framework.scaledagile.com/agile-release-train/
# custom:
#   why: >-
#     It is in no team's report, and nobody is asked about it. That is how things get lost between teams.
#   remedy: A component, area or label by which a team knows it as its own, or a rule in the settings.
#   example: |
#     Component "Checkout", or an entry for this area path under `teams`.
#   practice: integrity
#   severity: info
#   bundles: [strict]
#   committed: true
#   grace: 3
violation contains {
	"policy": "feature/no-team",
	"evidence": {"team": "none"},
	"message": "None of the teams has it.",
} if {
	input.facts.not_done == true
	input.team.name == ""
	input.known.teams != []
}
