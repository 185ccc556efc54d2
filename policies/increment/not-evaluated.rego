package trackwarden.increment

import data.trackwarden.lib.kin
import data.trackwarden.lib.say

# METADATA
# title: Objectives not evaluated
# description: >-
#   An increment is over for some days, and a committed objective has no actual value.
# related_resources:
#   - https://framework.scaledagile.com/inspect-and-adapt/
# custom:
#   why: >-
#     Without actual values nobody learns which promises carried. After some weeks nobody remembers.
#   remedy: The actual values, given by the business owners.
#   example: |
#     Guests can pay: planned 8, actual 6.
#   practice: inspect-adapt
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     days: {default: 14, description: Days after its last day from which on it is said.}
violation contains {
	"policy": "increment/not-evaluated",
	"evidence": {"evaluated": "no"},
	"message": sprintf("%s ended on %s; without actual value: %s.", [judged.name, say.date(judged.end), kin.named(objectives_without_actual)]),
} if {
	input.level == "increment"
	judged := input.set.increments.judged
	judged.state == "past"
	judged.ends_in_days <= 0 - input.settings["increment/not-evaluated"].days
	objectives_without_actual != []
}

objectives_without_actual := array.slice(
	sort([o.title |
		some o in input.set.increments.judged.objectives
		o.committed == true
		not o.actual
	]),
	0, 20,
)
