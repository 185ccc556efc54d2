package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

over_capacity(set) := over_capacity_with(set, {"settings": {"team/over-capacity": {"percent": 100}}})

over_capacity_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/over-capacity", all)
}

test_over_capacity_healthy if over_capacity({}) == set()

test_over_capacity_over if over_capacity({"iterations": [sets.ahead({"points": 31, "capacity": 22})]}) == {{
	"policy": "team/over-capacity",
	"evidence": {"iteration": "Sprint 49"},
	"message": "Sprint 49 holds 31 points; the capacity is 22.",
}}

test_over_capacity_fits if over_capacity({"iterations": [sets.ahead({"points": 22, "capacity": 22})]}) == set()

test_over_capacity_over_but_past if over_capacity({"iterations": [sets.iteration({"points": 99})]}) == set()

test_over_capacity_no_capacity if team.violation == team.violation with input as sets.team({"iterations": [object.remove(sets.ahead({"points": 99}), ["capacity"])]}, {})

test_over_capacity_own if count(over_capacity_with({"iterations": [sets.ahead({"points": 20, "capacity": 22})]}, {"settings": {"team/over-capacity": {"percent": 80}}})) == 1
