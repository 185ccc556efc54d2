package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_thin_criteria := example.story({"settings": {"story/thin-criteria": {"min_letters": 30}}})

said_thin_criteria(changes) := found if {
	all := story.violation with input as object.union(healthy_thin_criteria, changes)
	found := example.said("story/thin-criteria", all)
}

test_thin_criteria_said_enough if said_thin_criteria({"text": {"criteria": ["An order is placed with one click"]}}) == set()

test_thin_criteria_few_letters if said_thin_criteria({"text": {"criteria": ["Works.", "Fast."]}}) == {{
	"policy": "story/thin-criteria",
	"evidence": {"criteria": "Works.; Fast."},
	"message": "All that they say is: Works.; Fast.",
}}

test_thin_criteria_a_letter_short if count(said_thin_criteria({"text": {"criteria": ["An order is placed with a tap"]}})) == 1

test_thin_criteria_at_the_limit if said_thin_criteria({"text": {"criteria": ["An order is placed with a tap!"]}}) == set()

test_thin_criteria_none_at_all if said_thin_criteria({"text": {"criteria": []}}) == set()

test_thin_criteria_enough_together if said_thin_criteria({"text": {"criteria": ["Works.", "An order is placed with one click"]}}) == set()

test_thin_criteria_done if said_thin_criteria({"text": {"criteria": ["Works"]}, "facts": {"not_done": false}}) == set()

test_thin_criteria_cut_text if said_thin_criteria({"text": {"criteria": ["Works"], "truncated": true}}) == set()

test_thin_criteria_hostile if {
	some v in said_thin_criteria({"text": {"criteria": ["%d <b>@all"]}})
	v.message == "All that they say is: %d <b>@all."
}
