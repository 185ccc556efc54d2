package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

team_without_ready_stories(set) := team_without_ready_stories_with(set, {"settings": {"train/team-without-ready-stories": {"least": 5}}})

team_without_ready_stories_with(set, changes) := found if {
	all := train.violation with input as sets.train(set, changes)
	found := example.said("train/team-without-ready-stories", all)
}

test_team_without_ready_stories_none if team_without_ready_stories({}) == set()

test_team_without_ready_stories_nothing if team_without_ready_stories({"teams": [sets.crew({"ready": 0})]}) == {{
	"policy": "train/team-without-ready-stories",
	"evidence": {"team": "Checkout"},
	"message": "Of 26 open stories of Checkout none is ready.",
}}

test_team_without_ready_stories_one if team_without_ready_stories({"teams": [sets.crew({"ready": 1})]}) == set()

test_team_without_ready_stories_hardly_any_stories if team_without_ready_stories({"teams": [sets.crew({"ready": 0, "stories": 4})]}) == set()

test_team_without_ready_stories_own if count(team_without_ready_stories_with({"teams": [sets.crew({"ready": 0, "stories": 1})]}, {"settings": {"train/team-without-ready-stories": {"least": 1}}})) == 1

test_team_without_ready_stories_two if count(team_without_ready_stories({"teams": [sets.crew({"ready": 0}), sets.crew({"ready": 0, "name": "Search"})]})) == 2
