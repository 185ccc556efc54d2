package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

said_no_priority(changes) := found if {
	all := story.violation with input as object.union(example.story({}), changes)
	found := example.said("story/no-priority", all)
}

test_no_priority_set if said_no_priority({}) == set()

test_no_priority_missing if said_no_priority({"subject": {"priority": ""}}) == {{
	"policy": "story/no-priority",
	"evidence": {"priority": "none"},
	"message": "No priority is set.",
}}

test_no_priority_active if {
	count(said_no_priority({"subject": {"priority": ""}, "facts": {"active": true, "committed": true}})) == 1
}

test_no_priority_done if said_no_priority({"subject": {"priority": ""}, "facts": {"not_done": false}}) == set()

test_no_priority_a_lowest_one_is_one if said_no_priority({"subject": {"priority": "Lowest"}}) == set()

test_no_priority_hostile if said_no_priority({"subject": {"priority": "%s <script>"}}) == set()
