package trackwarden.train

# METADATA
# title: Dependency not planned
# description: >-
#   Something that is waited for, and that another team or tracker has, is in no plan, while what waits for it
#   is planned.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     It will be found out when it is late.
#   remedy: Agree with the other team on when it comes.
#   example: |
#     PLAT-88 gets an iteration before Sprint 49.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   requires: [links]
violation contains {
	"policy": "train/dependency-unplanned",
	"evidence": {"from": dependency.from.id, "to": dependency.to.id},
	"message": sprintf("%s is planned and waits for %s, which is not.", [dependency.to.key, dependency.from.key]),
	"about": [dependency.to.key, dependency.from.key],
} if {
	input.level == "train"
	some dependency in input.set.dependencies
	dependency.order == "unplanned"
	dependency.unplanned == "from"
}
