package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Needs what comes later
# description: >-
#   An open feature that waits for an open item which is planned for a later increment than the feature itself.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     The plan cannot work: the feature would have to be finished before that on which it depends.
#   remedy: Agree with the other team on an earlier increment, move this feature, or find a way without it.
#   example: |
#     PLAT-88 moves to PI 26.4, or the feature to PI 27.1.
#   practice: planning
#   severity: error
#   bundles: [strict, safe-planning]
#   committed: true
violation contains {
	"policy": "feature/blocker-planned-later",
	"evidence": {"later": feature_later_blockers},
	"message": sprintf("It is planned for %s, and what it waits for is planned for later: %s.", [input.increment.name, kin.named(feature_later_blockers)]),
	"about": feature_later_blockers,
} if {
	input.facts.not_done == true
	input.increment.start != ""
	feature_later_blockers != []
}

feature_later_blockers := kin.keys([b | some b in kin.blockers; b.increment_start > input.increment.start])
