package trackwarden.feature

# METADATA
# title: Not in its parent's increment
# description: >-
#   An open feature whose parent is planned for another increment. Parents without an increment, such as epics
#   that last longer, do not count.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     Whoever looks at the parent expects all of it in one increment.
#   remedy: The same increment for both, or another parent.
#   example: |
#     The capability is planned for PI 26.4, this feature for PI 27.1: move one of them.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   committed: true
violation contains {
	"policy": "feature/increment-differs-from-parent",
	"evidence": {"increment": input.increment.name, "parent": input.parent.increment},
	"message": sprintf("It is planned for %s, and %s above it for %s.", [input.increment.name, input.parent.key, input.parent.increment]),
	"about": [input.parent.key],
} if {
	input.facts.not_done == true
	input.increment.name != ""
	input.parent.increment != ""
	input.parent.increment != input.increment.name
}
