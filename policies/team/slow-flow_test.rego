package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

slow_flow(set) := slow_flow_with(set, {"settings": {"team/slow-flow": {"days": 90, "least": 10}}})

slow_flow_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/slow-flow", all)
}

test_slow_flow_healthy if slow_flow({}) == set()

test_slow_flow_slow if slow_flow({"flow": {"lead_days_median": 91, "closed": 30}}) == {{
	"policy": "team/slow-flow",
	"evidence": {"flow": "slow"},
	"message": "Half of the 30 finished stories were open for 91 days or longer.",
}}

test_slow_flow_at_the_limit if slow_flow({"flow": {"lead_days_median": 90, "closed": 30}}) == set()

test_slow_flow_too_few_to_say if slow_flow({"flow": {"lead_days_median": 200, "closed": 9}}) == set()

test_slow_flow_nothing_finished if slow_flow({"flow": {"closed": 0}}) == set()

test_slow_flow_own if count(slow_flow_with({"flow": {"lead_days_median": 30, "closed": 30}}, {"settings": {"team/slow-flow": {"days": 20, "least": 10}}})) == 1
