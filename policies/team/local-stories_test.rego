package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

local_stories(set) := local_stories_with(set, {"settings": {"team/local-stories": {"percent": 20, "least": 10}}})

local_stories_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/local-stories", all)
}

test_local_stories_healthy if local_stories({}) == set()

test_local_stories_many if local_stories({"items": {"without_parent": 10, "stories": 30}}) == {{
	"policy": "team/local-stories",
	"evidence": {"local": "many"},
	"message": "10 of 30 stories belong to no feature.",
}}

test_local_stories_at_the_limit if local_stories({"items": {"without_parent": 6, "stories": 30}}) == set()

test_local_stories_too_few_to_say if local_stories({"items": {"without_parent": 5, "stories": 5}}) == set()

test_local_stories_bugs if local_stories({"items": {"bugs_without_parent": 25, "stories": 30}}) == set()

test_local_stories_own if count(local_stories_with({"items": {"without_parent": 2, "stories": 30}}, {"settings": {"team/local-stories": {"percent": 5, "least": 10}}})) == 1
