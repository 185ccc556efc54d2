package trackwarden.story

import data.trackwarden.lib.table

# METADATA
# title: Not what its state asks for
# description: >-
#   A story in a state for which the settings ask for fields that are empty: a team's Definition of Ready, state
#   by state. Each missing field is said on its own. Without states in the settings it asks nothing. A line that
#   cannot be read makes this policy know nothing, with the line in its cause.
# related_resources:
#   - https://framework.scaledagile.com/story/
#   - https://www.scrum.org/resources/blog/ready-or-not-demystifying-definition-ready-scrum
# custom:
#   why: >-
#     Ready means nothing when everybody may say it. Agreed once and checked each time, planning can rely on it.
#   remedy: The field filled, or the state set back.
#   example: |
#     The settings say "Ready: acceptance_criteria, points". SHOP-147 is Ready and has no points: it is estimated,
#     or goes back to To Do.
#   practice: readiness
#   severity: warning
#   bundles: [strict]
#   committed: true
#   params:
#     states:
#       default: []
#       description: >-
#         Lines such as Ready: acceptance_criteria, points; a state by the tracker's name, and the fields it
#         asks for.
violation contains {
	"policy": "story/state-requirements",
	"evidence": {"state": input.subject.state.native, "field": field},
	"message": sprintf("%s asks for %s, and that is empty.", [input.subject.state.native, concat(" ", split(field, "_"))]),
} if {
	input.facts.not_done == true
	input.text.truncated == false
	input.settings["story/state-requirements"].states[0]
	some field in table.fields(input.settings["story/state-requirements"].states, input.subject.state.native)
	not field in input.subject.filled
}
