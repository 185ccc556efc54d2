package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_no_team := example.story({"team": {"name": "", "train": ""}, "known": {"teams": ["Checkout", "Search"]}})

said_no_team(changes) := found if {
	all := story.violation with input as object.union(healthy_no_team, changes)
	found := example.said("story/no-team", all)
}

test_no_team_none if said_no_team({}) == {{
	"policy": "story/no-team",
	"evidence": {"team": "none"},
	"message": "It belongs to none of the known teams.",
}}

test_no_team_team if said_no_team({"team": {"name": "Checkout"}}) == set()

test_no_team_no_teams_named if said_no_team({"known": {"teams": []}}) == set()

test_no_team_active if count(said_no_team({"facts": {"active": true, "committed": true}})) == 1

test_no_team_done if said_no_team({"facts": {"not_done": false}}) == set()

test_no_team_hostile if said_no_team({"team": {"name": "%s <script>"}}) == set()
