package trackwarden.story

import data.trackwarden.lib.waits

# METADATA
# title: Needs what comes later
# description: >-
#   An open story that waits for an open item which is planned to be finished later: in an iteration that ends
#   after the story's own, or in a later increment. Links into another tracker count.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
#   - https://framework.scaledagile.com/planning-interval/
# custom:
#   why: >-
#     The plan cannot work. It is known today, and costs least while both can still be moved.
#   remedy: Agree on an earlier date for the other one, move this one, or find a way without it.
#   example: |
#     SHOP-147 in Sprint 49 waits for PLAT-88 in Sprint 50: Platform takes it forward, or SHOP-147 moves to Sprint
#     51.
#   practice: planning
#   severity: error
#   bundles: [strict, safe-planning]
#   committed: true
violation contains {
	"policy": "story/blocker-planned-later",
	"evidence": {"blocker": blocker.key, "planned": when},
	"message": sprintf("It waits for %s, which is planned later, in %s.", [blocker.key, when]),
	"about": [blocker.key],
} if {
	input.facts.not_done == true
	some blocker in waits.blockers
	when := waits.later(blocker)
}
