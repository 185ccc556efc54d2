package trackwarden.story

import data.trackwarden.lib.waits

# METADATA
# title: Needs what nobody has planned
# description: >-
#   A story in an iteration that waits for an item which is still to do and is planned nowhere: no iteration, no
#   increment, no due date. An item whose team is not known is let be.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
#   - https://framework.scaledagile.com/planning-interval/
# custom:
#   why: >-
#     The other team may not know that anybody waits for it.
#   remedy: A date from the other team, or this one out of the iteration.
#   example: |
#     Checkout asks Platform in the sync: PLAT-88 gets a place in Sprint 48. A due date is enough for a team that
#     works without iterations.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   requires: [iteration]
#   committed: true
violation contains {
	"policy": "story/blocker-unplanned",
	"evidence": {"blocker": blocker.key},
	"message": sprintf("It is planned for %s and waits for %s, which is planned nowhere.", [input.subject.iteration.name, blocker.key]),
	"about": [blocker.key],
} if {
	input.facts.not_done == true
	input.subject.iteration.state in {"active", "future"}
	some blocker in waits.blockers
	blocker.category == "todo"
	blocker.team != ""
	blocker.iteration.name == ""
	blocker.increment.name == ""
	blocker.due == ""
}
