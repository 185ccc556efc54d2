package trackwarden.increment_test

import data.trackwarden.increment
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

objective_rules := {"settings": {"increment/objectives-incomplete": {"days_before": 0, "need_measure": true}}}

incomplete(changes, settings) := {v.message | some v in example.said("increment/objectives-incomplete", all)} if {
	given := sets.increment({"increments": {"judged": sets.planned(changes)}}, settings)
	all := increment.violation with input as given
}

test_objectives_complete if incomplete({}, objective_rules) == set()

test_objectives_without_value if {
	bare := object.remove(sets.objective({}), ["planned"])
	incomplete({"objectives": [bare]}, objective_rules) == {`The objective "Guests can pay" of Checkout has no planned value.`}
}

test_objectives_value_zero_is_a_value if incomplete({"objectives": [sets.objective({"planned": 0})]}, objective_rules) == set()

test_objectives_without_measure if {
	incomplete({"objectives": [sets.objective({"measure": "", "team": ""})]}, objective_rules) == {`The objective "Guests can pay" has no measure.`}
}

test_objectives_measure_not_needed if {
	relaxed := {"settings": {"increment/objectives-incomplete": {"days_before": 0, "need_measure": false}}}
	incomplete({"objectives": [sets.objective({"measure": ""})]}, relaxed) == set()
}

test_objectives_teams_without if {
	incomplete({"teams_without_objectives": ["Search"]}, objective_rules) == {"No objectives are written down for Search."}
	incomplete({"teams_without_objectives": ["Search", "App"]}, objective_rules) == {"No objectives are written down for Search and App."}
}

# Who plans without objectives in files is not told of each team.
test_objectives_nobody_has_any if incomplete({"objectives": [], "teams_without_objectives": ["A", "B"]}, objective_rules) == set()

test_objectives_of_an_increment_that_is_over if {
	incomplete({"state": "past", "starts_in_days": -90, "objectives": [sets.objective({"measure": ""})]}, objective_rules) == set()
}

test_objectives_not_yet_due if {
	ahead := {"state": "future", "starts_in_days": 1, "objectives": [sets.objective({"measure": ""})]}
	incomplete(ahead, objective_rules) == set()
	early := {"settings": {"increment/objectives-incomplete": {"days_before": 1, "need_measure": true}}}
	count(incomplete(ahead, early)) == 1
}

test_objectives_hostile_title if {
	incomplete({"objectives": [sets.objective({"title": "%d\"'", "measure": ""})]}, objective_rules) == {"The objective \"%d\"'\" of Checkout has no measure."}
}
