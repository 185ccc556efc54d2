package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

backlog_growing(set) := backlog_growing_with(set, {"settings": {"team/backlog-growing": {"weeks": 4, "least": 10}}})

backlog_growing_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/backlog-growing", all)
}

test_backlog_growing_healthy if backlog_growing({}) == set()

test_backlog_growing_growing if backlog_growing({"weeks": [sets.week(1, 9, 4), sets.week(2, 9, 4), sets.week(3, 9, 4), sets.week(4, 9, 4), sets.week(5, 0, 0)]}) == {{
	"policy": "team/backlog-growing",
	"evidence": {"growing": true},
	"message": "20 more items were created than closed in the last 4 weeks.",
}}

test_backlog_growing_one_good_week if backlog_growing({"weeks": [sets.week(1, 19, 4), sets.week(2, 9, 4), sets.week(3, 4, 4), sets.week(4, 9, 4), sets.week(5, 0, 0)]}) == set()

test_backlog_growing_a_little if backlog_growing({"weeks": [sets.week(1, 5, 4), sets.week(2, 5, 4), sets.week(3, 5, 4), sets.week(4, 5, 4), sets.week(5, 0, 0)]}) == set()

# The running week is not over.
test_backlog_growing_running_week if backlog_growing({"weeks": [sets.week(1, 9, 4), sets.week(2, 9, 4), sets.week(3, 9, 4), sets.week(4, 4, 9), sets.week(5, 99, 0)]}) == set()

test_backlog_growing_too_few_weeks if backlog_growing({"weeks": [sets.week(4, 90, 4), sets.week(5, 0, 0)]}) == set()

test_backlog_growing_own_limit if count(backlog_growing_with({"weeks": [sets.week(4, 5, 4), sets.week(5, 0, 0)]}, {"settings": {"team/backlog-growing": {"weeks": 1, "least": 1}}})) == 1
