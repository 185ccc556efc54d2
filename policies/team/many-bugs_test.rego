package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

many_bugs(set) := many_bugs_with(set, {"settings": {"team/many-bugs": {"percent": 50, "least": 20}}})

many_bugs_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/many-bugs", all)
}

test_many_bugs_healthy if many_bugs({}) == set()

test_many_bugs_many if many_bugs({"items": {"bugs": 16, "stories": 30}}) == {{
	"policy": "team/many-bugs",
	"evidence": {"bugs": "many"},
	"message": "16 of 30 open stories are bugs.",
}}

test_many_bugs_at_the_limit if many_bugs({"items": {"bugs": 15, "stories": 30}}) == set()

test_many_bugs_too_few_to_say if many_bugs({"items": {"bugs": 5, "stories": 5}}) == set()

test_many_bugs_empty if many_bugs({"items": {"bugs": 0, "stories": 0}}) == set()

test_many_bugs_own if count(many_bugs_with({"items": {"bugs": 4, "stories": 30}}, {"settings": {"team/many-bugs": {"percent": 10, "least": 10}}})) == 1
