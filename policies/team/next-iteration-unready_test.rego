package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

next_iteration_unready(set) := next_iteration_unready_with(set, {"settings": {"team/next-iteration-unready": {"percent": 25}}})

next_iteration_unready_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/next-iteration-unready", all)
}

test_next_iteration_unready_healthy if next_iteration_unready({}) == set()

test_next_iteration_unready_unready if next_iteration_unready({"iterations": [sets.iteration({}), sets.ahead({"unready_all": 3, "unready": [example.summary]})]}) == {{
	"policy": "team/next-iteration-unready",
	"evidence": {"iteration": "Sprint 49"},
	"message": "Sprint 49: 3 of 10 stories are not ready.",
	"about": ["SHOP-148"],
}}

test_next_iteration_unready_at_the_limit if next_iteration_unready({"iterations": [sets.ahead({"unready_all": 2})]}) == set()

test_next_iteration_unready_only_the_next if next_iteration_unready({"iterations": [sets.ahead({}), sets.ahead({"name": "Sprint 50", "unready_all": 9})]}) == set()

test_next_iteration_unready_none_ahead if next_iteration_unready({"iterations": [sets.iteration({"unready_all": 7})]}) == set()

test_next_iteration_unready_empty if next_iteration_unready({"iterations": [sets.ahead({"items": 0, "unready_all": 0})]}) == set()
