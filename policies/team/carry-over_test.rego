package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

carry_over(set) := carry_over_with(set, {"settings": {"team/carry-over": {"percent": 30, "iterations": 3}}})

carry_over_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/carry-over", all)
}

test_carry_over_healthy if carry_over({"iterations": [sets.iteration({}), sets.iteration({}), sets.iteration({})]}) == set()

test_carry_over_much if carry_over({"iterations": [sets.iteration({"carried": 4}), sets.iteration({"carried": 4}), sets.iteration({"carried": 4})]}) == {{
	"policy": "team/carry-over",
	"evidence": {"carried": "much"},
	"message": "12 of 21 stories of the last 3 iterations were carried over.",
}}

test_carry_over_only_the_last if carry_over({"iterations": [sets.iteration({"carried": 7}), sets.iteration({"carried": 0}), sets.iteration({"carried": 0}), sets.iteration({"carried": 0})]}) == set()

test_carry_over_too_few if carry_over({"iterations": [sets.iteration({"carried": 7})]}) == set()

test_carry_over_running if carry_over({"iterations": [sets.iteration({"carried": 7, "state": "active"}), sets.iteration({}), sets.iteration({}), sets.iteration({})]}) == set()

test_carry_over_own if count(carry_over_with({"iterations": [sets.iteration({"carried": 1})]}, {"settings": {"team/carry-over": {"percent": 10, "iterations": 1}}})) == 1
