package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

blocked_work(set) := blocked_work_with(set, {"settings": {"team/blocked-work": {"least": 3}}})

blocked_work_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/blocked-work", all)
}

test_blocked_work_none if blocked_work({}) == set()

test_blocked_work_three if blocked_work({"items": {"blocked": 3}, "blocked": [sets.stuck("A"), sets.stuck("B"), sets.stuck("C")]}) == {{
	"policy": "team/blocked-work",
	"evidence": {"blocked": ["A", "B", "C"]},
	"message": "3 items are blocked: A, B and C.",
	"about": ["A", "B", "C"],
}}

test_blocked_work_two if blocked_work({"items": {"blocked": 2}, "blocked": [sets.stuck("A"), sets.stuck("B")]}) == set()

test_blocked_work_own_limit if count(blocked_work_with({"items": {"blocked": 1}, "blocked": [sets.stuck("A")]}, {"settings": {"team/blocked-work": {"least": 1}}})) == 1

test_blocked_work_counted_but_not_listed if blocked_work({"items": {"blocked": 3}, "blocked": []}) == set()

test_blocked_work_hostile if count(blocked_work({"items": {"blocked": 3}, "blocked": [sets.stuck("%s <b>")]})) == 1
