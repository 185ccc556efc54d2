package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

criteria(changes) := found if {
	all := story.violation with input as example.story(changes)
	found := example.said("story/no-acceptance-criteria", all)
}

test_criteria_pass if criteria({}) == set()

test_criteria_none if criteria({"text": {"criteria": []}}) == {{
	"policy": "story/no-acceptance-criteria",
	"evidence": {"acceptance_criteria": "none"},
	"message": "The field is empty and there is no such heading.",
}}

test_criteria_one_is_enough if criteria({"text": {"criteria": ["It works"]}}) == set()

test_criteria_also_asked_of_active_work if {
	count(criteria({"text": {"criteria": []}, "facts": {"active": true, "committed": true}})) == 1
}

test_criteria_not_asked_of_done_work if criteria({"text": {"criteria": []}, "facts": {"not_done": false}}) == set()

# A cut text proves nothing.
test_criteria_cut_text if criteria({"text": {"criteria": [], "truncated": true}}) == set()

# Whatever a criterion says, it is one.
test_criteria_hostile if criteria({"text": {"criteria": ["%s <script>@all\u0000"]}}) == set()
