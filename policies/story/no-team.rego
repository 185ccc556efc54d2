package trackwarden.story

# METADATA
# title: No team
# description: >-
#   An open story that belongs to none of the teams in the settings. Where no teams are named, it is not asked.
# related_resources:
#   - https://framework.scaledagile.com/agile-teams/
# custom:
#   why: >-
#     No board shows it, no report counts it, and nobody refines it.
#   remedy: The team's field, area or component, as the settings of the teams say.
#   example: |
#     Teams are found by project, component, area or field: the story gets the component Checkout.
#   practice: integrity
#   severity: info
#   bundles: [strict]
#   committed: true
#   grace: 1
violation contains {
	"policy": "story/no-team",
	"evidence": {"team": "none"},
	"message": "It belongs to none of the known teams.",
} if {
	input.team.name == ""
	input.facts.not_done == true
	input.known.teams[0]
}
