package trackwarden.story

import data.trackwarden.lib.say

# METADATA
# title: Left in a past iteration
# description: >-
#   An open story whose iteration is over.
# related_resources:
#   - https://framework.scaledagile.com/iteration-review/
#   - https://framework.scaledagile.com/iteration-planning/
# custom:
#   why: >-
#     It is on no board any more. Whether it was forgotten or dropped, nobody decided it.
#   remedy: The next iteration, or back to the backlog.
#   example: |
#     At the end of the iteration the team looks at each story that is left: most go back to the backlog, one is
#     planned again.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   requires: [iteration]
#   committed: true
violation contains {
	"policy": "story/past-iteration",
	"evidence": {"iteration": input.subject.iteration.name},
	"message": sprintf("Its iteration %s ended on %s.", [input.subject.iteration.name, say.date(input.subject.iteration.end)]),
} if {
	input.subject.iteration.state == "past"
	input.facts.not_done == true
}
