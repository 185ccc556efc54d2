package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_no_role := example.story({})

said_no_role(changes) := found if {
	all := story.violation with input as object.union(healthy_no_role, changes)
	found := example.said("story/no-role", all)
}

test_no_role_there if said_no_role({}) == set()

test_no_role_missing if said_no_role({"text": {"story": {"missing": ["role"]}}}) == {{
	"policy": "story/no-role",
	"evidence": {"missing": "role"},
	"message": "The user story does not say who wants it.",
}}

test_no_role_others_missing if said_no_role({"text": {"story": {"missing": ["means", "ends"]}}}) == set()

test_no_role_all_missing if count(said_no_role({"text": {"story": {"missing": ["role", "means", "ends"]}}})) == 1

test_no_role_no_story_at_all if said_no_role({"text": {"story": {"language": "", "sentence": "", "missing": []}}}) == set()

test_no_role_bug if said_no_role({"text": {"story": {"missing": ["role"]}}, "subject": {"item_kind": "bug"}}) == set()

test_no_role_enabler if said_no_role({"text": {"story": {"missing": ["role"]}}, "subject": {"item_kind": "enabler"}}) == set()

test_no_role_done if said_no_role({"text": {"story": {"missing": ["role"]}}, "facts": {"not_done": false}}) == set()

test_no_role_hostile if count(said_no_role({"text": {"story": {"missing": ["role"], "sentence": "%d <b>@all\u0000"}}})) == 1
