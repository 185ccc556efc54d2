package trackwarden.task

import data.trackwarden.lib.say

# METADATA
# title: Task in progress, and untouched
# description: >-
#   A task in progress on which nobody has done anything for many days. Our own labels and comments do not count
#   as activity.
# related_resources:
#   - https://framework.scaledagile.com/iteration-execution/
#   - https://framework.scaledagile.com/team-kanban/
# custom:
#   why: >-
#     A task is a matter of days. One that rests for weeks is finished, forgotten, or waits for something that
#     nobody sees.
#   remedy: Its state set right, or a comment on what it waits for.
#   example: |
#     "Waits for the photos from the studio, Friday": that is an activity, and everybody sees it.
#   practice: execution
#   severity: info
#   bundles: [strict]
#   committed: true
#   params:
#     days: {default: 14, description: Days without activity from which on it is said.}
violation contains {
	"policy": "task/stale-in-progress",
	"evidence": {"last_activity": input.facts.last_activity},
	"message": sprintf("It is %s, and nobody has touched it%s.", [input.subject.state.native, say.since(input.facts.last_activity)]),
} if {
	input.facts.active == true
	input.facts.idle_days >= input.settings["task/stale-in-progress"].days
}
