package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Done, stories still open
# description: >-
#   A feature that is done while items under it are still open.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     Either the feature is not done, and its value was reported too early, or the open items are left over and
#     clutter the backlog of a team.
#   remedy: Close or move the open items, or open the feature again.
#   example: |
#     "Dark mode for the receipt" is still open: move it under the next feature.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "feature/done-with-open-stories",
	"evidence": {"open": kin.keys(kin.open)},
	"message": sprintf("Still open under it: %s.", [kin.named(kin.keys(kin.open))]),
	"about": kin.keys(kin.open),
} if {
	input.subject.state.category == "done"
	kin.open != []
}
