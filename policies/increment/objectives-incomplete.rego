package trackwarden.increment

import data.trackwarden.lib.say

# METADATA
# title: Objectives incomplete
# description: >-
#   An objective of an increment that has begun, or begins within some days, has no planned business value, or no
#   measure by which one will know that it was reached; or a team of the train has no objectives at all. Where nobody
#   has written down objectives, nothing is judged.
# related_resources:
#   - https://framework.scaledagile.com/pi-objectives/
# custom:
#   why: >-
#     An objective without a value cannot be compared at Inspect & Adapt, and one without a measure is whatever was
#     built. A team without objectives has promised nothing.
#   remedy: A planned value from 1 to 10 and a measure for each objective, and objectives for each team.
#   practice: planning
#   severity: warning
#   bundles: [recommended, strict, safe-planning]
#   params:
#     days_before: {default: 0, description: So many days before its first day objectives have to be complete.}
#     need_measure: {default: true, description: Whether an objective needs a measure.}
violation contains {
	"policy": "increment/objectives-incomplete",
	"evidence": {"objective": objective.title, "team": objective.team, "lacks": lacks},
	"message": sprintf("The objective \"%s\"%s has no %s.", [objective.title, objectives_of(objective.team), lacks]),
} if {
	input.level == "increment"
	objectives_due
	some objective in input.set.increments.judged.objectives
	some lacks in objective_lacks(objective)
}

violation contains {
	"policy": "increment/objectives-incomplete",
	"evidence": {"teams": teams},
	"message": sprintf("No objectives are written down for %s.", [objectives_teams(teams)]),
} if {
	input.level == "increment"
	objectives_due
	count(input.set.increments.judged.objectives) > 0
	teams := input.set.increments.judged.teams_without_objectives
	count(teams) > 0
}

objectives_due if {
	input.set.increments.judged.state != "past"
	input.set.increments.judged.starts_in_days <= input.settings["increment/objectives-incomplete"].days_before
}

objective_lacks(objective) := {"planned value" | not objective.planned} | {"measure" |
	objective.measure == ""
	input.settings["increment/objectives-incomplete"].need_measure == true
}

default objectives_of(_) := ""

objectives_of(team) := sprintf(" of %s", [team]) if team != ""

objectives_teams(teams) := teams[0] if count(teams) == 1

objectives_teams(teams) := say.list(teams) if count(teams) > 1
