package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

no_team(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/no-team", all)
}

test_no_team_team if no_team({}) == set()

test_no_team_none if no_team({"team": {"name": ""}}) == {{
	"policy": "feature/no-team",
	"evidence": {"team": "none"},
	"message": "None of the teams has it.",
}}

test_no_team_no_teams_known if no_team({"team": {"name": ""}, "known": {"teams": []}}) == set()

test_no_team_done if no_team({"team": {"name": ""}, "facts": {"not_done": false}}) == set()

test_no_team_active if count(no_team({"team": {"name": ""}, "facts": {"active": true}})) == 1

test_no_team_hostile if count(no_team({"team": {"name": ""}, "subject": {"title": "%s <script>@all\u0000"}})) == 1
