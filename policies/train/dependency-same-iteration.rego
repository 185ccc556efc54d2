package trackwarden.train

# METADATA
# title: Dependency within an iteration
# description: >-
#   Something that is waited for is planned for the same iteration, or the same increment, as what waits for it.
#   Both are open, and of different teams or in different trackers.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     It works only if the other team is early. Such dependencies belong on the planning board, with a day on
#     which it is handed over.
#   remedy: Agree on a day within the iteration, or plan what is waited for one earlier.
#   example: |
#     PLAT-88 is ready on the Wednesday of Sprint 49.
#   practice: planning
#   severity: info
#   bundles: [strict, safe-planning]
#   requires: [links]
#   params:
#     by:
#       default: [iteration]
#       description: >-
#         What has to be the same: iteration or increment.
violation contains {
	"policy": "train/dependency-same-iteration",
	"evidence": {"from": dependency.from.id, "to": dependency.to.id},
	"message": sprintf("%s waits for %s, planned for the same %s.", [dependency.to.key, dependency.from.key, dependency.by]),
	"about": [dependency.to.key, dependency.from.key],
} if {
	input.level == "train"
	some dependency in input.set.dependencies
	dependency.order == "same"
	dependency.by in input.settings["train/dependency-same-iteration"].by
}
