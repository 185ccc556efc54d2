package trackwarden.capability

import data.trackwarden.lib.kin

# METADATA
# title: Done, features still open
# description: >-
#   A capability that is done while items under it are still open.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     Either the capability is not done, or the open items are left over and clutter the backlog of a train.
#   remedy: Close or move the open items, or open the capability again.
#   example: |
#     The feature for the second market moves under the next capability.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "capability/done-with-open-features",
	"evidence": {"open": kin.keys(kin.open)},
	"message": sprintf("Still open under it: %s.", [kin.named(kin.keys(kin.open))]),
	"about": kin.keys(kin.open),
} if {
	input.subject.state.category == "done"
	kin.open != []
}
