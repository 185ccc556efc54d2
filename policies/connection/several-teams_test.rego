package trackwarden.connection_test

import data.trackwarden.connection
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

several_teams(set) := several_teams_with(set, {"settings": {"connection/several-teams": {"least": 1}}})

several_teams_with(set, changes) := found if {
	all := connection.violation with input as sets.connection(set, changes)
	found := example.said("connection/several-teams", all)
}

test_several_teams_none if several_teams({}) == set()

test_several_teams_several if several_teams({"connection": {"several_teams": 3}}) == {{
	"policy": "connection/several-teams",
	"evidence": {"teams": "several"},
	"message": "3 open items fit more than one team.",
}}

test_several_teams_one if count(several_teams({"connection": {"several_teams": 1}})) == 1

test_several_teams_own if count(several_teams_with({"connection": {"several_teams": 3}}, {"settings": {"connection/several-teams": {"least": 4}}})) == 0

test_several_teams_many if count(several_teams({"connection": {"several_teams": 100000}})) == 1
