package trackwarden.increment

# METADATA
# title: Increment over capacity
# description: >-
#   An increment that is not over holds more points than the capacity of its teams allows. Where no capacity is
#   written down, nothing is said.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     A plan that does not fit is a list of what will be late.
#   remedy: Take features out, the lowest WSJF first.
#   example: |
#     "Dark mode" moves to PI 27.1.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     percent: {default: 100, description: How many per cent of the capacity may be planned.}
violation contains {
	"policy": "increment/over-capacity",
	"evidence": {"capacity": "exceeded"},
	"message": sprintf("%s holds %v points; the capacity is %v.", [judged.name, judged.stories.points, judged.capacity]),
} if {
	input.level == "increment"
	judged := input.set.increments.judged
	judged.state in {"active", "future"}
	judged.stories.points * 100 > judged.capacity * input.settings["increment/over-capacity"].percent
}
