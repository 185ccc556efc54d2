package trackwarden.train

import data.trackwarden.lib.say

# METADATA
# title: Next increment not set up
# description: >-
#   The current increment ends within some weeks, and the settings name none after it.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     Nothing can be planned for an increment that does not exist: everything that is ready lands in the old
#     one.
#   remedy: The next increment with its dates in the settings.
#   example: |
#     PI 27.1, from 14 Dec to 21 Feb.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     days: {default: 28, description: Days before the end from which on it is said.}
violation contains {
	"policy": "train/next-increment-missing",
	"evidence": {"after": current.name},
	"message": sprintf("%s ends on %s, and no increment comes after it.", [current.name, say.date(current.end)]),
} if {
	input.level == "train"
	current := input.set.increments.current
	current.name != ""
	current.ends_in_days <= input.settings["train/next-increment-missing"].days
	input.set.increments.next.name == ""
}
