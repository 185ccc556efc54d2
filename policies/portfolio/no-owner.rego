package trackwarden.portfolio

import data.trackwarden.lib.say

# METADATA
# title: Active without owner
# description: >-
#   An epic in progress that is assigned to nobody.
# related_resources:
#   - https://framework.scaledagile.com/epic/
# custom:
#   why: >-
#     An epic crosses trains. Without an epic owner nobody brings its case before those who decide, and nobody
#     stops it.
#   remedy: Assign the epic owner.
#   example: |
#     The person who wrote its business case.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   requires: [assignee]
#   committed: true
violation contains {
	"policy": "portfolio/no-owner",
	"evidence": {"assignee": "none", "since": input.subject.state.since},
	"message": sprintf("%s%s, and assigned to nobody.", [input.subject.state.native, say.since(input.subject.state.since)]),
} if {
	input.facts.active == true
	input.subject.assignee == ""
}
