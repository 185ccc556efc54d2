package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_no_ends := example.story({})

said_no_ends(changes) := found if {
	all := story.violation with input as object.union(healthy_no_ends, changes)
	found := example.said("story/no-ends", all)
}

test_no_ends_there if said_no_ends({}) == set()

test_no_ends_missing if said_no_ends({"text": {"story": {"missing": ["ends"]}}}) == {{
	"policy": "story/no-ends",
	"evidence": {"missing": "ends"},
	"message": "The user story does not say what it is good for.",
}}

test_no_ends_others_missing if said_no_ends({"text": {"story": {"missing": ["role", "means"]}}}) == set()

test_no_ends_all_missing if count(said_no_ends({"text": {"story": {"missing": ["role", "means", "ends"]}}})) == 1

test_no_ends_no_story_at_all if said_no_ends({"text": {"story": {"language": "", "sentence": "", "missing": []}}}) == set()

test_no_ends_bug if said_no_ends({"text": {"story": {"missing": ["ends"]}}, "subject": {"item_kind": "bug"}}) == set()

test_no_ends_enabler if said_no_ends({"text": {"story": {"missing": ["ends"]}}, "subject": {"item_kind": "enabler"}}) == set()

test_no_ends_done if said_no_ends({"text": {"story": {"missing": ["ends"]}}, "facts": {"not_done": false}}) == set()

test_no_ends_hostile if count(said_no_ends({"text": {"story": {"missing": ["ends"], "sentence": "%d <b>@all\u0000"}}})) == 1
