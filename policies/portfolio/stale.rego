package trackwarden.portfolio

import data.trackwarden.lib.say

# METADATA
# title: Untouched for long
# description: >-
#   An open epic on which nobody has done anything for many days. Our own writing does not count. Work in
#   progress is left alone.
# related_resources:
#   - https://framework.scaledagile.com/portfolio-kanban/
# custom:
#   why: >-
#     The portfolio is where an organisation says what it wants. Old wishes that nobody touches make the real
#     ones hard to find.
#   remedy: Close it, or say in a comment why it stays.
#   example: |
#     "Waits for the decision on the new market in May": that is an activity.
#   practice: protect
#   severity: warning
#   bundles: [strict]
#   params:
#     days: {default: 365, description: Days without activity from which on an epic counts as stale.}
violation contains {
	"policy": "portfolio/stale",
	"evidence": {"last_activity": input.facts.last_activity},
	"message": sprintf("Nobody has touched it%s.", [say.since(input.facts.last_activity)]),
} if {
	input.facts.not_done == true
	input.facts.active == false
	input.facts.idle_days >= input.settings["portfolio/stale"].days
}
