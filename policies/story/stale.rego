package trackwarden.story

import data.trackwarden.lib.say

# METADATA
# title: Untouched for long
# description: >-
#   An open story on which nobody has done anything for many days. Our own labels and comments do not count as
#   activity. Work that is in progress or in the active iteration is left alone.
# related_resources:
#   - https://framework.scaledagile.com/team-backlog/
# custom:
#   why: >-
#     Nobody will build it soon, and everybody reads past it in each refinement. A short backlog is one that can be
#     ordered.
#   remedy: Close it, or say in a comment why it stays.
#   example: |
#     Close it: it can be found and opened again. Or write "Waits for the new tax law, July": that is an activity.
#   practice: protect
#   severity: warning
#   bundles: [recommended, strict]
#   params:
#     days: {default: 180, description: Days without activity from which on a story counts as stale.}
violation contains {
	"policy": "story/stale",
	"evidence": {"last_activity": input.facts.last_activity},
	"message": sprintf("Nobody has touched it%s.", [say.since(input.facts.last_activity)]),
} if {
	input.facts.not_done == true
	input.facts.committed == false
	input.facts.idle_days >= input.settings["story/stale"].days
}
