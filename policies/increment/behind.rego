package trackwarden.increment

import data.trackwarden.lib.say

# METADATA
# title: Increment behind
# description: >-
#   The increment ends within some days, and a smaller part of its stories is done than one would expect.
# related_resources:
#   - https://framework.scaledagile.com/pi-objectives/
# custom:
#   why: >-
#     There is still time to decide what to leave out, instead of finding out at the system demo.
#   remedy: Agree with the Product Manager on what is left out.
#   example: |
#     "Dark mode" is left out; "Guests can pay" gets help from Search.
#   practice: execution
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     days: {default: 14, description: Days before its end from which on it is said.}
#     percent: {default: 60, description: The smallest share of stories that should be done.}
violation contains {
	"policy": "increment/behind",
	"evidence": {"progress": "behind"},
	"message": sprintf("%s ends on %s; %d of %d stories are done.", [judged.name, say.date(judged.end), judged.stories_done.items, judged.stories.items]),
} if {
	input.level == "increment"
	judged := input.set.increments.judged
	judged.state == "active"
	judged.ends_in_days <= input.settings["increment/behind"].days
	judged.stories.items > 0
	judged.stories_done.items * 100 < judged.stories.items * input.settings["increment/behind"].percent
}
