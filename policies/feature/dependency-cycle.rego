package trackwarden.feature

import data.trackwarden.lib.cycle

# METADATA
# title: Circular dependency
# description: >-
#   An open feature that waits for itself: the links that say "blocks" or "depends on" lead from it over other items
#   back to it. Links into another tracker count.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     None of the items in the circle can be finished first, so none of them can be planned.
#   remedy: One of these links removed or turned round.
#   example: |
#     SHOP-147 waits for PLAT-88, and PLAT-88 waits for SHOP-147. Mostly one of the two links was set the wrong way
#     round. Where both are true, a part of one item has to become an item of its own.
#   practice: planning
#   severity: error
#   bundles: [recommended, strict]
#   committed: true
#   writes: true
violation contains {
	"policy": "feature/dependency-cycle",
	"evidence": cycle.evidence,
	"message": cycle.message,
	"about": cycle.shown,
} if {
	input.facts.not_done == true
	input.facts.cycle != []
}
