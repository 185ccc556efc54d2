package trackwarden.increment

import data.trackwarden.lib.kin
import data.trackwarden.lib.say

# METADATA
# title: Objectives changed
# description: >-
#   Since planning ended, objectives were added, taken out, or given another value or commitment.
# related_resources:
#   - https://framework.scaledagile.com/pi-objectives/
# custom:
#   why: >-
#     Objectives are a promise to those who pay. When they change, the promise has to be given anew.
#   remedy: Say why, and agree with the business owners.
#   example: |
#     "Guests can pay" is no longer committed: the provider is late, the business owners know.
#   practice: inspect-adapt
#   severity: info
#   bundles: [strict, safe-planning]
violation contains {
	"policy": "increment/objectives-changed",
	"evidence": {"added": judged.changes.objectives_added, "removed": judged.changes.objectives_removed, "changed": judged.changes.objectives_changed},
	"message": sprintf("Changed since %s: %s.", [say.date(judged.baseline.frozen), kin.named(objectives_that_changed)]),
} if {
	input.level == "increment"
	judged := input.set.increments.judged
	judged.state == "active"
	judged.baseline.objectives > 0
	objectives_that_changed != []
}

objectives_that_changed := array.slice(
	sort(array.concat(
		input.set.increments.judged.changes.objectives_changed,
		array.concat(input.set.increments.judged.changes.objectives_added, input.set.increments.judged.changes.objectives_removed),
	)),
	0, 20,
)
