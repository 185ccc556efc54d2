package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

team_without_owner(set) := team_without_owner_with(set, {})

team_without_owner_with(set, changes) := found if {
	all := train.violation with input as sets.train(set, changes)
	found := example.said("train/team-without-owner", all)
}

test_team_without_owner_none if team_without_owner({}) == set()

test_team_without_owner_without if team_without_owner({"teams": [sets.crew({"owned": false})]}) == {{
	"policy": "train/team-without-owner",
	"evidence": {"team": "Checkout"},
	"message": "No Product Owner is named for Checkout.",
}}

test_team_without_owner_owned if team_without_owner({"teams": [sets.crew({})]}) == set()

test_team_without_owner_two if count(team_without_owner({"teams": [sets.crew({"owned": false}), sets.crew({"owned": false, "name": "Search"})]})) == 2

test_team_without_owner_hostile if count(team_without_owner({"teams": [sets.crew({"owned": false, "name": "%s <b>"})]})) == 1
