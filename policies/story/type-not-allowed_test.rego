package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_type_not_allowed := object.union(
	{"settings": {"story/type-not-allowed": {"types": []}}},
	example.story({"settings": {"story/type-not-allowed": {"types": ["Story", "Bug"]}}}),
)

said_type_not_allowed(changes) := found if {
	all := story.violation with input as object.union(healthy_type_not_allowed, changes)
	found := example.said("story/type-not-allowed", all)
}

test_type_not_allowed_agreed if said_type_not_allowed({}) == set()

test_type_not_allowed_another if said_type_not_allowed({"subject": {"type": "Improvement"}}) == {{
	"policy": "story/type-not-allowed",
	"evidence": {"type": "Improvement"},
	"message": "Its type is Improvement; agreed are Story, Bug.",
}}

test_type_not_allowed_small_letters if said_type_not_allowed({"subject": {"type": "bug"}}) == set()

test_type_not_allowed_no_types_in_the_settings if {
	said_type_not_allowed({"subject": {"type": "Improvement"}, "settings": {"story/type-not-allowed": {"types": []}}}) == set()
}

test_type_not_allowed_done if said_type_not_allowed({"subject": {"type": "Improvement"}, "facts": {"not_done": false}}) == set()

test_type_not_allowed_hostile if {
	some v in said_type_not_allowed({"subject": {"type": "%d<b>"}})
	v.message == "Its type is %d<b>; agreed are Story, Bug."
}
