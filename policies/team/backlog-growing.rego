package trackwarden.team

# METADATA
# title: Backlog grows
# description: >-
#   More items were created than closed in each of the last full weeks, and the difference of all of them is
#   large.
# related_resources:
#   - https://framework.scaledagile.com/team-backlog/
# custom:
#   why: >-
#     A backlog that grows every week is a queue that nobody will ever see the end of. Ordering it takes longer
#     each time.
#   remedy: Close what will not be done, and agree with those who add on what comes in.
#   example: |
#     A short list of ten wishes for each stakeholder; what does not fit is not written down.
#   practice: protect
#   severity: warning
#   bundles: [strict]
#   params:
#     weeks: {default: 4, description: How many full weeks are looked at.}
#     least: {default: 10, description: How many more items have to be created than closed.}
violation contains {
	"policy": "team/backlog-growing",
	"evidence": {"growing": true},
	"message": sprintf("%d more items were created than closed in the last %d weeks.", [growing_more, count(growing_weeks)]),
} if {
	input.level == "team"
	count(growing_weeks) == input.settings["team/backlog-growing"].weeks
	growing_more >= input.settings["team/backlog-growing"].least
	every week in growing_weeks {
		week.created > week.closed
	}
}

# The week that runs is not over: it is left out.
growing_weeks := array.slice(input.set.weeks, max([0, (count(input.set.weeks) - 1) - input.settings["team/backlog-growing"].weeks]), count(input.set.weeks) - 1)

growing_more := sum([more | some week in growing_weeks; more := week.created - week.closed])
