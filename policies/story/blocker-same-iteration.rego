package trackwarden.story

import data.trackwarden.lib.waits

# METADATA
# title: Needs what is finished no earlier
# description: >-
#   A story in an iteration ahead that waits for an open item which is to be finished while the story is worked
#   on. Links into another tracker count.
# related_resources:
#   - https://framework.scaledagile.com/iteration-planning/
# custom:
#   why: >-
#     It can work, when the other one comes first and in time. One day of delay there is a day of delay here, at
#     the end of the iteration.
#   remedy: The order agreed on, with a day on which the other one is needed, or an iteration later.
#   example: |
#     Platform begins with PLAT-88 and shows it on Wednesday; Checkout begins with something else.
#   practice: planning
#   severity: info
#   bundles: [strict, safe-planning]
violation contains {
	"policy": "story/blocker-same-iteration",
	"evidence": {"blocker": blocker.key, "iteration": input.subject.iteration.name},
	"message": sprintf("It waits for %s, which is planned for the same time, in %s.", [blocker.key, blocker.iteration.name]),
	"about": [blocker.key],
} if {
	input.subject.iteration.state == "future"
	input.facts.not_done == true
	some blocker in waits.blockers
	waits.together(blocker)
}
