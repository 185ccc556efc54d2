package trackwarden.story

import data.trackwarden.lib.say
import data.trackwarden.lib.words

# METADATA
# title: Not estimated, and soon to begin
# description: >-
#   A story in an iteration that begins within some days, and that has no points. Bugs, spikes and chores are
#   let be, unless the settings say otherwise.
# related_resources:
#   - https://framework.scaledagile.com/iteration-planning/
#   - https://framework.scaledagile.com/backlog-refinement/
# custom:
#   why: >-
#     The iteration cannot be planned by its points while some are missing, and in the planning itself there is
#     no time to talk a story through.
#   remedy: An estimate before the iteration is planned.
#   example: |
#     It is put on the list of the next refinement. Where the team cannot estimate it, that is worth knowing now:
#     a question is open, or a spike has to come first.
#   practice: readiness
#   severity: warning
#   bundles: [strict, safe-planning]
#   requires: [points, iteration]
#   params:
#     days: {default: 14, description: Days before the iteration from which on an estimate is asked for.}
#     except_kinds:
#       default: [bug, spike, chore]
#       description: Kinds of work that need no estimate, of enabler, bug, spike and chore.
violation contains {
	"policy": "story/not-estimated-soon",
	"evidence": {"points": "none", "iteration": input.subject.iteration.name},
	"message": sprintf("It is planned for %s from %s on, and has no estimate.", [input.subject.iteration.name, say.date(input.subject.iteration.start)]),
} if {
	input.subject.iteration.state == "future"
	input.facts.not_done == true
	not input.subject.points
	input.facts.iteration_in_days <= input.settings["story/not-estimated-soon"].days
	not words.one(input.subject.item_kind, input.settings["story/not-estimated-soon"].except_kinds)
}
