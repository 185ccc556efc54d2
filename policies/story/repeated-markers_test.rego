package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_repeated_markers := example.story({})

said_repeated_markers(changes) := found if {
	all := story.violation with input as object.union(healthy_repeated_markers, changes)
	found := example.said("story/repeated-markers", all)
}

test_repeated_markers_once if said_repeated_markers({}) == set()

test_repeated_markers_twice if said_repeated_markers({"text": {"story": {"repeated": ["ends"]}}}) == {{
	"policy": "story/repeated-markers",
	"evidence": {"repeated": ["ends"]},
	"message": "The user story says twice: what it is good for.",
}}

test_repeated_markers_two_parts if said_repeated_markers({"text": {"story": {"repeated": ["role", "means"]}}}) == {{
	"policy": "story/repeated-markers",
	"evidence": {"repeated": ["means", "role"]},
	"message": "The user story says twice: who wants it, what is wanted.",
}}

test_repeated_markers_no_story_at_all if said_repeated_markers({"text": {"story": {"language": "", "sentence": ""}}}) == set()

test_repeated_markers_bug if said_repeated_markers({"text": {"story": {"repeated": ["ends"]}}, "subject": {"item_kind": "bug"}}) == set()

test_repeated_markers_enabler if said_repeated_markers({"text": {"story": {"repeated": ["ends"]}}, "subject": {"item_kind": "enabler"}}) == set()

test_repeated_markers_done if said_repeated_markers({"text": {"story": {"repeated": ["ends"]}}, "facts": {"not_done": false}}) == set()

test_repeated_markers_hostile if said_repeated_markers({"text": {"story": {"sentence": "so that so that %s"}}}) == set()
