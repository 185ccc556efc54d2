package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_not_gherkin := example.story({
	"settings": {
		"story/not-gherkin": {
			"words": [
				"given",
				"when",
				"then",
				"scenario",
				"angenommen",
				"gegeben",
				"wenn",
				"dann",
				"szenario",
			],
		},
	},
})

said_not_gherkin(changes) := found if {
	all := story.violation with input as object.union(healthy_not_gherkin, changes)
	found := example.said("story/not-gherkin", all)
}

test_not_gherkin_scenario if said_not_gherkin({"text": {"criteria": ["Given a card, when I tap, then I have paid"]}}) == set()

test_not_gherkin_plain if said_not_gherkin({"text": {"criteria": ["It works"]}}) == {{
	"policy": "story/not-gherkin",
	"evidence": {"scenarios": "none"},
	"message": "No criterion is written as a scenario.",
}}

test_not_gherkin_one_of_several if said_not_gherkin({"text": {"criteria": ["It works", " WHEN I tap"]}}) == set()

test_not_gherkin_german if said_not_gherkin({"text": {"criteria": ["Angenommen, eine Karte ist gespeichert"]}}) == set()

test_not_gherkin_no_criteria if said_not_gherkin({"text": {"criteria": []}}) == set()

test_not_gherkin_done if said_not_gherkin({"text": {"criteria": ["It works"]}, "facts": {"not_done": false}}) == set()

test_not_gherkin_cut_text if said_not_gherkin({"text": {"criteria": ["It works"], "truncated": true}}) == set()

test_not_gherkin_hostile if count(said_not_gherkin({"text": {"criteria": ["(?i)given %s"]}})) == 1
