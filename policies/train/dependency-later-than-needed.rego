package trackwarden.train

import data.trackwarden.lib.say

# METADATA
# title: Dependency later than needed
# description: >-
#   Something that is waited for is planned for a later iteration than what waits for it or, where one of them has none,
#   for a later increment. Both are open, and of different teams or in different trackers.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     The plan of the waiting team cannot hold, and nobody sees it from one team's board alone. Until the iteration has
#     begun, moving one of the two costs a conversation; afterwards it costs the iteration.
#   remedy: Both teams agree on an order in which what is waited for is done first.
#   practice: planning
#   severity: error
#   bundles: [recommended, strict, safe-planning]
#   requires: [links]
violation contains {
	"policy": "train/dependency-later-than-needed",
	"evidence": {"from": dependency.from.id, "to": dependency.to.id},
	"message": sprintf("%s waits for %s, which is planned%s: it starts on %s, and %s is planned until %s.", [
		dependency.to.key, dependency.from.key, late_by(dependency), say.date(dependency.needed),
		dependency.from.key, say.date(dependency.ready),
	]),
	"about": [dependency.to.key, dependency.from.key],
} if {
	input.level == "train"
	some dependency in input.set.dependencies
	dependency.order == "after"
}

late_by(dependency) := sprintf(" for a later %s", [dependency.by])
