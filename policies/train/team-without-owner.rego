package trackwarden.train

# METADATA
# title: Team without Product Owner
# description: >-
#   A team of the train for which the settings name no Product Owner.
# related_resources:
#   - https://framework.scaledagile.com/product-owner/
# custom:
#   why: >-
#     Nobody answers for its backlog, and nobody gets its report.
#   remedy: The Product Owner under `teams`.
#   example: |
#     owner: olga
#   practice: integrity
#   severity: info
#   bundles: [strict]
violation contains {
	"policy": "train/team-without-owner",
	"evidence": {"team": team.name},
	"message": sprintf("No Product Owner is named for %s.", [team.name]),
} if {
	input.level == "train"
	some team in input.set.teams
	team.owned == false
}
