package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Stories done, still open
# description: >-
#   An open feature with items under it that are all closed, at least one of them done. Whether all of them are
#   known is checked first.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     A finished feature that stays open looks like work. Plans, reports and the people who wait for it are
#     wrong until somebody closes it.
#   remedy: Close it, or add the story that is still missing.
#   example: |
#     After the system demo: close it. If the demo showed a gap: add a story for the gap.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "feature/stories-done-but-open",
	"evidence": {"children": "all closed"},
	"message": sprintf("%s under it, all closed.", [kin.counted(input.children)]),
} if {
	input.facts.not_done == true
	input.facts.children_known == true
	kin.open == []
	some child in input.children
	child.state.category == "done"
}
