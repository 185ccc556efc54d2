package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

duplicates(set) := duplicates_with(set, {"settings": {"team/duplicates": {"percent": 90}}})

duplicates_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/duplicates", all)
}

test_duplicates_none if duplicates({}) == set()

test_duplicates_same if duplicates({"duplicates": [sets.twins("A", "B", 1)]}) == {{
	"policy": "team/duplicates",
	"evidence": {"items": ["A", "B"]},
	"message": "A and B have nearly the same title: \"Pay\".",
	"about": ["A", "B"],
}}

test_duplicates_near if count(duplicates({"duplicates": [sets.twins("A", "B", 0.9)]})) == 1

test_duplicates_not_near_enough if duplicates({"duplicates": [sets.twins("A", "B", 0.89)]}) == set()

test_duplicates_two_pairs if count(duplicates({"duplicates": [sets.twins("A", "B", 1), sets.twins("C", "D", 1)]})) == 2

test_duplicates_own_limit if count(duplicates_with({"duplicates": [sets.twins("A", "B", 0.8)]}, {"settings": {"team/duplicates": {"percent": 80}}})) == 1
