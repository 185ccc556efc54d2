package trackwarden.story

import data.trackwarden.lib.waits

# METADATA
# title: In the iteration, and blocked
# description: >-
#   A story in the active iteration that waits for an item which is still open. Links into another tracker
#   count.
# related_resources:
#   - https://framework.scaledagile.com/iteration-execution/
# custom:
#   why: >-
#     The team has promised it, and whether the promise holds is decided elsewhere.
#   remedy: Agree on the day with those who work on the other one, or take this one out.
#   example: |
#     Twice a week both teams look at the board of dependencies together; SHOP-147 begins on the day after
#     PLAT-88.
#   practice: execution
#   severity: warning
#   bundles: [strict, safe-planning]
#   requires: [iteration]
#   committed: true
violation contains {
	"policy": "story/blocked-in-iteration",
	"evidence": {"blocker": blocker.key, "iteration": input.subject.iteration.name},
	"message": sprintf("It is in the active %s and waits for %s, which is %s.", [input.subject.iteration.name, blocker.key, blocker.native]),
	"about": [blocker.key],
} if {
	input.subject.iteration.state == "active"
	input.facts.not_done == true
	some blocker in waits.blockers
}
