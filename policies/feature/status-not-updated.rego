package trackwarden.feature

import data.trackwarden.lib.say

# METADATA
# title: Active and silent
# description: >-
#   A feature in progress on which nobody has done anything for some days. Our own writing does not count.
# related_resources:
#   - https://framework.scaledagile.com/inspect-and-adapt/
# custom:
#   why: >-
#     Those who wait for it look here first. Silence makes them ask around, or plan as if all were well.
#   remedy: One sentence on where it stands, as a comment or in its field.
#   example: |
#     "Two of six stories are done; the provider's certificate is late, we shall know on Thursday."
#   practice: feedback
#   severity: info
#   bundles: [strict]
#   committed: true
#   params:
#     days: {default: 14, description: Days without activity from which on it is asked.}
violation contains {
	"policy": "feature/status-not-updated",
	"evidence": {"last_activity": input.facts.last_activity},
	"message": sprintf("It is in %s; nothing has been written on it%s.", [input.subject.state.native, say.since(input.facts.last_activity)]),
} if {
	input.facts.active == true
	input.facts.idle_days >= input.settings["feature/status-not-updated"].days
}
