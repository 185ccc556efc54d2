package trackwarden.feature

import data.trackwarden.lib.say

# METADATA
# title: Untouched for long
# description: >-
#   An open feature on which nobody has done anything for many days. Our own labels and comments do not count as
#   activity. Work in progress is left alone.
# related_resources:
#   - https://framework.scaledagile.com/program-backlog/
# custom:
#   why: >-
#     A feature that nobody touches is a promise that nobody means to keep, and it makes the list of the next
#     ones hard to read.
#   remedy: Close it, or say in a comment why it stays.
#   example: |
#     Close it: it can be found and opened again. Or write "Waits for the new tax law, July": that is an
#     activity.
#   practice: protect
#   severity: warning
#   bundles: [strict]
#   params:
#     days: {default: 180, description: Days without activity from which on a feature counts as stale.}
violation contains {
	"policy": "feature/stale",
	"evidence": {"last_activity": input.facts.last_activity},
	"message": sprintf("Nobody has touched it%s.", [say.since(input.facts.last_activity)]),
} if {
	input.facts.not_done == true
	input.facts.active == false
	input.facts.idle_days >= input.settings["feature/stale"].days
}
