package trackwarden.connection

# METADATA
# title: Teams without train
# description: >-
#   A part of the open items belongs to teams that are on no train, while others are.
# related_resources:
#   - https://framework.scaledagile.com/agile-release-train/
# custom:
#   why: >-
#     A team without a train has no increment, no objectives and no place in the report of the train.
#   remedy: The train of the team under `teams`.
#   example: |
#     train: Retail
#   practice: integrity
#   severity: info
#   bundles: [strict]
#   params:
#     percent: {default: 80, description: The smallest share of items whose team is on a train.}
violation contains {
	"policy": "connection/teams-without-train",
	"evidence": {"train": "gaps"},
	"message": sprintf("%d %% of the open items belong to a team of a train.", [round(input.set.connection.train_share * 100)]),
} if {
	input.level == "connection"
	input.set.connection.train_share > 0
	input.set.connection.train_share * 100 < input.settings["connection/teams-without-train"].percent
}
