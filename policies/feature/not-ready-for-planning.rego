package trackwarden.feature

import data.trackwarden.lib.kin
import data.trackwarden.lib.say

# METADATA
# title: Not ready for planning
# description: >-
#   An open feature of an increment that begins within some weeks and that lacks what teams need to plan it: a
#   benefit hypothesis, acceptance criteria, an owner, or a story.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     What is not ready before the planning event is made up during it, by whoever happens to be in the room.
#   remedy: What is missing, before the planning event.
#   example: |
#     A hypothesis with its measure, three criteria, somebody who can answer questions, and a first story.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
#   committed: true
#   params:
#     days: {default: 28, description: Days before the increment from which on a feature has to be ready.}
violation contains {
	"policy": "feature/not-ready-for-planning",
	"evidence": {"increment": input.increment.name, "missing": feature_planning_gaps},
	"message": sprintf("%s begins on %s; still missing: %s.", [input.increment.name, say.date(input.increment.start), kin.named(feature_planning_gaps)]),
} if {
	input.facts.active == false
	input.facts.not_done == true
	input.facts.increment_in_days > 0
	input.facts.increment_in_days <= input.settings["feature/not-ready-for-planning"].days
	feature_planning_gaps != []
}

feature_planning_gaps := sort([name | some name, missing in feature_planning_needs; missing])

feature_planning_needs := {
	"acceptance criteria": feature_lacks_criteria,
	"benefit hypothesis": feature_lacks_hypothesis,
	"owner": input.subject.assignee == "",
	"stories": feature_lacks_stories,
}

default feature_lacks_criteria := false

feature_lacks_criteria if {
	input.text.truncated == false
	input.text.criteria == []
}

default feature_lacks_hypothesis := false

feature_lacks_hypothesis if {
	input.text.truncated == false
	input.text.hypothesis == ""
}

default feature_lacks_stories := false

feature_lacks_stories if {
	input.facts.children_known == true
	input.children == []
}
