package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

many_teams(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/many-teams": {"most": 3}}}, changes))
	found := example.said("feature/many-teams", all)
}

test_many_teams_one if many_teams({}) == set()

test_many_teams_many if many_teams({"children": [object.union(example.summary, {"team": t}) | some t in ["A", "B", "C", "D"]]}) == {{
	"policy": "feature/many-teams",
	"evidence": {"teams": ["A", "B", "C", "D"]},
	"message": "4 teams work on it: A, B, C and D.",
}}

test_many_teams_at_the_limit if many_teams({"children": [object.union(example.summary, {"team": t}) | some t in ["A", "B", "C"]]}) == set()

test_many_teams_no_team if many_teams({"children": [object.union(example.summary, {"team": t}) | some t in ["A", "B", "C", ""]]}) == set()

test_many_teams_own_limit if count(many_teams({"children": [object.union(example.summary, {"team": t}) | some t in ["A", "B"]], "settings": {"feature/many-teams": {"most": 1}}})) == 1

test_many_teams_done if many_teams({"children": [object.union(example.summary, {"team": t}) | some t in ["A", "B", "C", "D"]], "facts": {"not_done": false}}) == set()
