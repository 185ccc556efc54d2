package trackwarden.increment

import data.trackwarden.lib.say

# METADATA
# title: Features not ready
# description: >-
#   An increment begins within some days, and not all features planned for it have stories that are ready.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     What is not ready before the planning event is made up during it.
#   remedy: Ready stories for these features, or other features.
#   example: |
#     "Gift cards" needs two stories with criteria.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     days: {default: 14, description: Days before its first day from which on it is said.}
violation contains {
	"policy": "increment/features-not-ready",
	"evidence": {"ready": "not all"},
	"message": sprintf("%s begins on %s; %d of %d features are ready.", [judged.name, say.date(judged.start), judged.features_ready, judged.features_all]),
	"about": array.slice([f.feature.key | some f in judged.features; f.ready < f.stories], 0, 20),
} if {
	input.level == "increment"
	judged := input.set.increments.judged
	judged.state == "future"
	judged.starts_in_days <= input.settings["increment/features-not-ready"].days
	judged.features_ready < judged.features_all
}
