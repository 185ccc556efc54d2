package trackwarden.story

import data.trackwarden.lib.say
import data.trackwarden.lib.words

# METADATA
# title: Blocked for long
# description: >-
#   An open story that a label or its state marks as blocked, and on which nobody has done anything for some
#   days.
# related_resources:
#   - https://framework.scaledagile.com/iteration-execution/
#   - https://framework.scaledagile.com/coach-sync/
# custom:
#   why: >-
#     A team can mend only some of what blocks it. After some days without a change, somebody outside has to
#     hear of it.
#   remedy: A comment on who does what until when, or the mark taken off.
#   example: |
#     "Raised in the sync of the train; Platform opens the port by Thursday."
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
#   params:
#     days: {default: 14, description: Days without activity from which on it is said.}
#     marks:
#       default: [blocked, impediment, on hold, blockiert]
#       description: Labels and states that mark it.
violation contains {
	"policy": "story/blocked-too-long",
	"evidence": {"last_activity": input.facts.last_activity},
	"message": sprintf("It is marked as blocked, and nobody has touched it%s.", [say.since(input.facts.last_activity)]),
} if {
	input.facts.not_done == true
	input.facts.idle_days >= input.settings["story/blocked-too-long"].days
	words.common(array.concat(input.subject.labels, [input.subject.state.native]), input.settings["story/blocked-too-long"].marks)
}
