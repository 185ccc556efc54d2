package trackwarden.increment

import data.trackwarden.lib.say

# METADATA
# title: Scope changed much
# description: >-
#   Since planning ended, more features were added to the increment or taken out than a part of what was planned
#   then.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     Some change is learning. Much of it means that the plan was not one, or that somebody plans past the
#     train.
#   remedy: Talk about why at the next sync of the train, and write the new plan down.
#   example: |
#     Three features came in for the audit: the objectives of Checkout change with them.
#   practice: inspect-adapt
#   severity: info
#   bundles: [strict, safe-planning]
#   params:
#     percent: {default: 20, description: How many per cent of the planned features may change.}
violation contains {
	"policy": "increment/scope-changed",
	"evidence": {"scope": "changed"},
	"message": sprintf("%d features were added and %d taken out since %s; %d were planned.", [judged.changes.added_all, judged.changes.removed_all, say.date(judged.baseline.frozen), judged.baseline.features]),
	"about": array.slice(array.concat([i.key | some i in judged.changes.added], [i.key | some i in judged.changes.removed]), 0, 20),
} if {
	input.level == "increment"
	judged := input.set.increments.judged
	judged.state == "active"
	judged.baseline.features > 0
	(judged.changes.added_all + judged.changes.removed_all) * 100 > judged.baseline.features * input.settings["increment/scope-changed"].percent
}
