package trackwarden.feature

import data.trackwarden.lib.say

# METADATA
# title: Active without owner
# description: >-
#   A feature that is in progress and assigned to nobody.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     Several teams work on a feature. Without one person who looks after the whole, each team finishes its part
#     and nobody sees that it does not fit.
#   remedy: Assign the person who looks after the whole feature.
#   example: |
#     Mostly the Product Manager, or the Product Owner of the team with the largest part.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   requires: [assignee]
#   committed: true
violation contains {
	"policy": "feature/no-owner",
	"evidence": {"assignee": "none", "since": input.subject.state.since},
	"message": sprintf("%s%s, and assigned to nobody.", [input.subject.state.native, say.since(input.subject.state.since)]),
} if {
	input.facts.active == true
	input.subject.assignee == ""
}
