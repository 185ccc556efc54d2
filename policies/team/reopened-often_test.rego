package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

reopened_often(set) := reopened_often_with(set, {"settings": {"team/reopened-often": {"percent": 10, "least": 10}}})

reopened_often_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/reopened-often", all)
}

test_reopened_often_healthy if reopened_often({}) == set()

test_reopened_often_many if reopened_often({"flow": {"reopened": 5, "closed": 30}}) == {{
	"policy": "team/reopened-often",
	"evidence": {"reopened": "many"},
	"message": "5 of 30 stories that were finished had come back from done.",
}}

test_reopened_often_at_the_limit if reopened_often({"flow": {"reopened": 3, "closed": 30}}) == set()

test_reopened_often_too_few_to_say if reopened_often({"flow": {"reopened": 3, "closed": 9}}) == set()

test_reopened_often_nothing_finished if reopened_often({"flow": {"reopened": 0, "closed": 0}}) == set()

test_reopened_often_own if count(reopened_often_with({"flow": {"reopened": 1, "closed": 30}}, {"settings": {"team/reopened-often": {"percent": 2, "least": 10}}})) == 1
