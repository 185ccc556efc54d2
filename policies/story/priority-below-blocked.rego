package trackwarden.story

import data.trackwarden.lib.waits

# METADATA
# title: Less urgent than what waits for it
# description: >-
#   An open story with a lower priority than an open item that waits for it. Priorities that the settings do not
#   list are let be.
# related_resources:
#   - https://framework.scaledagile.com/wsjf/
# custom:
#   why: >-
#     What waits cannot be finished before it: the higher priority over there is in vain.
#   remedy: At least the priority of what waits for it, or the link removed.
#   example: |
#     PLAT-88 has the priority Low, and SHOP-147, which is High, waits for it: PLAT-88 becomes High too.
#   practice: prioritise
#   severity: warning
#   bundles: [strict]
#   committed: true
#   params:
#     order:
#       default: [Highest, High, Medium, Low, Lowest]
#       description: The priorities by the tracker's names, the most urgent first.
violation contains {
	"policy": "story/priority-below-blocked",
	"evidence": {"priority": input.subject.priority, "blocks": blocked.key, "their_priority": blocked.priority},
	"message": sprintf("Its priority is %s, and %s, which waits for it, is %s.", [input.subject.priority, blocked.key, blocked.priority]),
	"about": [blocked.key],
} if {
	input.facts.not_done == true
	some blocked in waits.blocked
	blocked.priority != input.subject.priority
	order := input.settings["story/priority-below-blocked"].order
	some own, mine in order
	lower(mine) == lower(input.subject.priority)
	some above, theirs in order
	lower(theirs) == lower(blocked.priority)
	own > above
}
