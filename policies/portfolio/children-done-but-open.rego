package trackwarden.portfolio

import data.trackwarden.lib.kin

# METADATA
# title: All done below, still open
# description: >-
#   An open epic with items under it that are all closed, at least one of them done. Whether all of them are
#   known is checked first.
# related_resources:
#   - https://framework.scaledagile.com/epic/
# custom:
#   why: >-
#     An epic that stays open after its work is done keeps its budget and its place in the portfolio.
#   remedy: Close it with what it brought, or add what is still to come.
#   example: |
#     Compare with the hypothesis, write down the result, and close it.
#   practice: inspect-adapt
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "portfolio/children-done-but-open",
	"evidence": {"children": "all closed"},
	"message": sprintf("%s under it, all closed.", [kin.counted(input.children)]),
} if {
	input.facts.not_done == true
	input.facts.children_known == true
	kin.open == []
	some child in input.children
	child.state.category == "done"
}
