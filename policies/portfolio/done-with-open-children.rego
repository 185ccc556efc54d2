package trackwarden.portfolio

import data.trackwarden.lib.kin

# METADATA
# title: Done, children still open
# description: >-
#   An epic that is done while items under it are still open.
# related_resources:
#   - https://framework.scaledagile.com/epic/
# custom:
#   why: >-
#     The portfolio says that the money is spent and the value there, while trains go on working on it.
#   remedy: Close or move the open items, or open the epic again.
#   example: |
#     "Dark mode for the receipt" moves under the next epic.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "portfolio/done-with-open-children",
	"evidence": {"open": kin.keys(kin.open)},
	"message": sprintf("Still open under it: %s.", [kin.named(kin.keys(kin.open))]),
	"about": kin.keys(kin.open),
} if {
	input.subject.state.category == "done"
	kin.open != []
}
