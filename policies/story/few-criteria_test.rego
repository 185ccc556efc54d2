package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_few_criteria := example.story({"settings": {"story/few-criteria": {"min": 2}}})

said_few_criteria(changes) := found if {
	all := story.violation with input as object.union(healthy_few_criteria, changes)
	found := example.said("story/few-criteria", all)
}

test_few_criteria_enough if said_few_criteria({"text": {"criteria": ["a", "b"]}}) == set()

test_few_criteria_one if said_few_criteria({"text": {"criteria": ["It works"]}}) == {{
	"policy": "story/few-criteria",
	"evidence": {"criteria": 1},
	"message": "Criteria found: 1.",
}}

test_few_criteria_none_at_all if said_few_criteria({"text": {"criteria": []}}) == set()

test_few_criteria_own_limit if {
	count(said_few_criteria({"text": {"criteria": ["a", "b"]}, "settings": {"story/few-criteria": {"min": 3}}})) == 1
}

test_few_criteria_done if said_few_criteria({"text": {"criteria": ["It works"]}, "facts": {"not_done": false}}) == set()

test_few_criteria_cut_text if said_few_criteria({"text": {"criteria": ["It works"], "truncated": true}}) == set()

test_few_criteria_hostile if count(said_few_criteria({"text": {"criteria": ["%s <script>"]}})) == 1
