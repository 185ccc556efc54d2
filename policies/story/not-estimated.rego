package trackwarden.story

import data.trackwarden.lib.words
import data.trackwarden.lib.work

# METADATA
# title: Not estimated
# description: >-
#   A story in progress or in the active iteration that has no points. Bugs, spikes and chores are let be,
#   unless the settings say otherwise. Where a team does not estimate in points, it is not asked.
# related_resources:
#   - https://framework.scaledagile.com/iteration-planning/
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     What nobody estimated was not talked through, and it does not count in the plan: the iteration is fuller
#     than it looks, and its velocity says less than it could.
#   remedy: An estimate.
#   example: |
#     Five minutes in the next stand-up are enough: the team compares it with a story that it has finished, and
#     takes over its points.
#   practice: planning
#   severity: warning
#   bundles: [recommended, strict, safe-planning]
#   requires: [points]
#   committed: true
#   writes: true
#   params:
#     except_kinds:
#       default: [bug, spike, chore]
#       description: Kinds of work that need no estimate, of enabler, bug, spike and chore.
violation contains {
	"policy": "story/not-estimated",
	"evidence": {"points": "none"},
	"message": sprintf("%s, and it has no estimate.", [work.place]),
} if {
	input.facts.committed == true
	input.facts.not_done == true
	not input.subject.points
	not words.one(input.subject.item_kind, input.settings["story/not-estimated"].except_kinds)
}
