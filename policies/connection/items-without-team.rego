package trackwarden.connection

# METADATA
# title: Items without team
# description: >-
#   A part of the open items of a connection belongs to no team of the settings.
# related_resources:
#   - https://framework.scaledagile.com/agile-release-train/
# custom:
#   why: >-
#     They are in no team's report, and nobody is asked about them.
#   remedy: Rules under `teams` that fit them, or a scope without them.
#   example: |
#     {component: Receipt} for Checkout.
#   practice: integrity
#   severity: info
#   bundles: [strict]
#   params:
#     percent: {default: 10, description: The largest share without a team.}
violation contains {
	"policy": "connection/items-without-team",
	"evidence": {"attribution": "gaps"},
	"message": sprintf("%d open items, %d %%, belong to no team.", [input.set.items.without_team, round((1 - input.set.connection.team_share) * 100)]),
	"about": array.slice([i.key | some i in input.set.connection.without_team], 0, 20),
} if {
	input.level == "connection"
	count(input.known.teams) > 0
	input.set.connection.team_share * 100 < 100 - input.settings["connection/items-without-team"].percent
}
