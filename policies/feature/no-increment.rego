package trackwarden.feature

# METADATA
# title: Active, in no increment
# description: >-
#   A feature in progress that is planned for no increment, on a train that has one today.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     Work that is in no plan is seen by nobody who looks at the plan, and takes the capacity of what is in it.
#   remedy: Plan it for the increment in which it will be finished.
#   example: |
#     Set the increment to PI 26.4, or stop it until the next planning.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   committed: true
#   grace: 3
violation contains {
	"policy": "feature/no-increment",
	"evidence": {"increment": "none"},
	"message": sprintf("It is in %s, and planned for no increment; today is in %s.", [input.subject.state.native, input.train.current.name]),
} if {
	input.facts.active == true
	input.increment.name == ""
	input.train.current.name != ""
}
