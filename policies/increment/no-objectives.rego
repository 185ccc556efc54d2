package trackwarden.increment

# METADATA
# title: No objectives
# description: >-
#   An increment that has begun, or begins within some days, has no objectives at all. They are in the planning
#   files.
# related_resources:
#   - https://framework.scaledagile.com/pi-objectives/
# custom:
#   why: >-
#     Without objectives an increment is a list of work. Nobody can say at its end whether it was a good one.
#   remedy: Objectives of each team, with a planned value from 1 to 10.
#   example: |
#     Guests can pay (8, committed).
#   practice: planning
#   severity: warning
#   bundles: [safe-planning]
#   params:
#     days: {default: 0, description: Days before its first day from which on it is said.}
violation contains {
	"policy": "increment/no-objectives",
	"evidence": {"objectives": "none"},
	"message": sprintf("%s has no objectives.", [judged.name]),
} if {
	input.level == "increment"
	judged := input.set.increments.judged
	judged.state in {"active", "future"}
	judged.starts_in_days <= input.settings["increment/no-objectives"].days
	judged.objectives == []
}
