package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

next_iteration_unestimated(set) := next_iteration_unestimated_with(set, {"settings": {"team/next-iteration-unestimated": {"percent": 25}}})

next_iteration_unestimated_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/next-iteration-unestimated", all)
}

test_next_iteration_unestimated_healthy if next_iteration_unestimated({}) == set()

test_next_iteration_unestimated_unestimated if next_iteration_unestimated({"iterations": [sets.ahead({"unestimated": 3})]}) == {{
	"policy": "team/next-iteration-unestimated",
	"evidence": {"iteration": "Sprint 49"},
	"message": "Sprint 49: 3 of 10 stories have no estimate.",
}}

test_next_iteration_unestimated_at_the_limit if next_iteration_unestimated({"iterations": [sets.ahead({"unestimated": 2})]}) == set()

test_next_iteration_unestimated_nobody_estimates if next_iteration_unestimated({"velocity": {"points_median": 0}, "iterations": [sets.ahead({"unestimated": 10})]}) == set()

test_next_iteration_unestimated_only_the_next if next_iteration_unestimated({"iterations": [sets.ahead({}), sets.ahead({"name": "Sprint 50", "unestimated": 9})]}) == set()

test_next_iteration_unestimated_own if count(next_iteration_unestimated_with({"iterations": [sets.ahead({"unestimated": 1})]}, {"settings": {"team/next-iteration-unestimated": {"percent": 5}}})) == 1
