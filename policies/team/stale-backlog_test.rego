package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

stale_backlog(set) := stale_backlog_with(set, {"settings": {"team/stale-backlog": {"percent": 20, "least": 20}}})

stale_backlog_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/stale-backlog", all)
}

test_stale_backlog_healthy if stale_backlog({}) == set()

test_stale_backlog_much if stale_backlog({"items": {"stale": 10, "total_open": 30}}) == {{
	"policy": "team/stale-backlog",
	"evidence": {"stale": "much"},
	"message": "10 of 30 open items were not touched for half a year.",
}}

test_stale_backlog_at_the_limit if stale_backlog({"items": {"stale": 6, "total_open": 30}}) == set()

test_stale_backlog_too_few_to_say if stale_backlog({"items": {"stale": 9, "total_open": 9}}) == set()

test_stale_backlog_empty if stale_backlog({"items": {"stale": 0, "total_open": 0}}) == set()

test_stale_backlog_own if count(stale_backlog_with({"items": {"stale": 2, "total_open": 30}}, {"settings": {"team/stale-backlog": {"percent": 5, "least": 10}}})) == 1
