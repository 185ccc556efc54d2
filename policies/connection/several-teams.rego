package trackwarden.connection

# METADATA
# title: Items of several teams
# description: >-
#   Open items that the settings give to more than one team. The first one has them.
# related_resources:
#   - https://framework.scaledagile.com/agile-release-train/
# custom:
#   why: >-
#     Two teams think that the other looks after it.
#   remedy: Rules under `teams` that do not overlap.
#   example: |
#     Take {label: payment} out of Search.
#   practice: integrity
#   severity: info
#   bundles: [strict]
#   params:
#     least: {default: 1, description: From how many items on it is said.}
violation contains {
	"policy": "connection/several-teams",
	"evidence": {"teams": "several"},
	"message": sprintf("%d open items fit more than one team.", [input.set.connection.several_teams]),
} if {
	input.level == "connection"
	input.set.connection.several_teams >= input.settings["connection/several-teams"].least
}
