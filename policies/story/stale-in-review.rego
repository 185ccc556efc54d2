package trackwarden.story

import data.trackwarden.lib.say
import data.trackwarden.lib.words

# METADATA
# title: Waiting in review
# description: >-
#   A story in one of the states of review on which nobody has done anything for some days.
# related_resources:
#   - https://framework.scaledagile.com/built-in-quality/
#   - https://framework.scaledagile.com/team-kanban/
# custom:
#   why: >-
#     What waits in review is paid for and serves nobody. The longer it waits, the more has to be merged and
#     remembered.
#   remedy: The review done, or the state set back.
#   example: |
#     The team agrees that a review comes before new work; two of them are done after each stand-up.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
#   params:
#     days: {default: 14, description: Days without activity from which on it is said.}
#     states:
#       default: [in review, review, code review, merge request, pull request, in prüfung]
#       description: States of review, by the tracker's names.
violation contains {
	"policy": "story/stale-in-review",
	"evidence": {"last_activity": input.facts.last_activity},
	"message": sprintf("It is %s, and nobody has touched it%s.", [input.subject.state.native, say.since(input.facts.last_activity)]),
} if {
	input.facts.active == true
	input.facts.idle_days >= input.settings["story/stale-in-review"].days
	words.one(input.subject.state.native, input.settings["story/stale-in-review"].states)
}
