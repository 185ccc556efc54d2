package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Waits within the increment
# description: >-
#   An open feature that waits for an open item of another team in the same increment.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     It can work, if the other team is early. Such dependencies belong on the planning board, where both teams
#     see them.
#   remedy: Agree on the iteration in which it is handed over, or break the dependency.
#   example: |
#     PLAT-88 is finished in iteration 2, the feature needs it in iteration 3.
#   practice: planning
#   severity: info
#   bundles: [safe-planning]
#   committed: true
violation contains {
	"policy": "feature/blocker-same-increment",
	"evidence": {"same": feature_same_blockers},
	"message": sprintf("It waits for %s, planned for the same increment by another team.", [kin.named(feature_same_blockers)]),
	"about": feature_same_blockers,
} if {
	input.facts.not_done == true
	input.increment.start != ""
	input.team.name != ""
	feature_same_blockers != []
}

feature_same_blockers := kin.keys([b |
	some b in kin.blockers
	b.increment_start == input.increment.start
	b.team != ""
	b.team != input.team.name
])
