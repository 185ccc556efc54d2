package trackwarden.story

import data.trackwarden.lib.say

# METADATA
# title: Better closed
# description: >-
#   An old story that nobody has touched for long, and that has neither an estimate nor acceptance criteria.
#   Work that is in progress or in the active iteration is left alone.
# related_resources:
#   - https://framework.scaledagile.com/team-backlog/
#   - https://www.atlassian.com/agile/scrum/backlogs
# custom:
#   why: >-
#     Nobody has asked for it, and nobody has made it ready. Whoever reads the backlog reads past it again and
#     again.
#   remedy: Close it; what matters comes back.
#   example: |
#     Closed with the comment "Closed as nobody has asked for it this year; open it again when you need it".
#   practice: protect
#   severity: info
#   bundles: [strict]
#   params:
#     age_days: {default: 180, description: Days since it was created.}
#     idle_days: {default: 90, description: Days without activity.}
violation contains {
	"policy": "story/close-candidate",
	"evidence": {"created": input.subject.created, "last_activity": input.facts.last_activity},
	"message": sprintf("It is there%s, untouched%s, and has neither criteria nor an estimate.", [say.since(input.subject.created), say.since(input.facts.last_activity)]),
} if {
	input.facts.not_done == true
	input.facts.committed == false
	input.text.criteria == []
	input.text.truncated == false
	not input.subject.points
	input.facts.age_days >= input.settings["story/close-candidate"].age_days
	input.facts.idle_days >= input.settings["story/close-candidate"].idle_days
}
