package trackwarden.increment

# METADATA
# title: Everything is committed
# description: >-
#   All objectives of an increment are committed, and there are several.
# related_resources:
#   - https://framework.scaledagile.com/pi-objectives/
# custom:
#   why: >-
#     A plan in which everything is promised has no room for what is not known yet. The first surprise breaks a
#     promise.
#   remedy: Mark what is uncertain as not committed; its value counts all the same.
#   example: |
#     "Gifts for every age" depends on a new supplier: not committed.
#   practice: planning
#   severity: info
#   bundles: [safe-planning]
#   params:
#     least: {default: 5, description: So many objectives have to be there.}
violation contains {
	"policy": "increment/all-committed",
	"evidence": {"committed": "all"},
	"message": sprintf("All %d objectives of %s are committed.", [count(judged.objectives), judged.name]),
} if {
	input.level == "increment"
	judged := input.set.increments.judged
	judged.state in {"active", "future"}
	count(judged.objectives) >= input.settings["increment/all-committed"].least
	every objective in judged.objectives {
		objective.committed == true
	}
}
