package trackwarden.story

import data.trackwarden.lib.say

# METADATA
# title: In progress, and untouched
# description: >-
#   A story in progress on which nobody has done anything for many days. Our own labels and comments do not
#   count as activity.
# related_resources:
#   - https://framework.scaledagile.com/team-kanban/
#   - https://framework.scaledagile.com/iteration-execution/
# custom:
#   why: >-
#     It looks like work and takes a place on the board, while something else is worked on. What keeps it
#     waiting is not visible.
#   remedy: Its state set back, or a comment on what it waits for.
#   example: |
#     "Waits for the certificate of the payment provider, expected on Monday": that is an activity, and everybody
#     sees it.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
#   params:
#     days: {default: 30, description: Days without activity from which on it is said.}
violation contains {
	"policy": "story/stale-in-progress",
	"evidence": {"last_activity": input.facts.last_activity},
	"message": sprintf("It is %s, and nobody has touched it%s.", [input.subject.state.native, say.since(input.facts.last_activity)]),
} if {
	input.facts.active == true
	input.facts.idle_days >= input.settings["story/stale-in-progress"].days
}
