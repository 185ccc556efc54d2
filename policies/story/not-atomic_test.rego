package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_not_atomic := example.story({"settings": {"story/not-atomic": {"ignore": []}}})

said_not_atomic(changes) := found if {
	all := story.violation with input as object.union(healthy_not_atomic, changes)
	found := example.said("story/not-atomic", all)
}

test_not_atomic_one_wish if said_not_atomic({}) == set()

test_not_atomic_two if said_not_atomic({"text": {"story": {"conjunctions": ["and"]}}}) == {{
	"policy": "story/not-atomic",
	"evidence": {"joins": ["and"]},
	"message": `The user story joins two wishes with "and".`,
}}

test_not_atomic_several if said_not_atomic({"text": {"story": {"conjunctions": ["or", "and"]}}}) == {{
	"policy": "story/not-atomic",
	"evidence": {"joins": ["and", "or"]},
	"message": `The user story joins two wishes with "or" and "and".`,
}}

test_not_atomic_let_be if said_not_atomic({"text": {"story": {"conjunctions": ["&"]}}, "settings": {"story/not-atomic": {"ignore": ["&"]}}}) == set()

test_not_atomic_one_let_be if count(said_not_atomic({"text": {"story": {"conjunctions": ["&", "and"]}}, "settings": {"story/not-atomic": {"ignore": ["&"]}}})) == 1

test_not_atomic_no_story_at_all if said_not_atomic({"text": {"story": {"language": "", "sentence": ""}}}) == set()

test_not_atomic_bug if said_not_atomic({"text": {"story": {"conjunctions": ["and"]}}, "subject": {"item_kind": "bug"}}) == set()

test_not_atomic_enabler if said_not_atomic({"text": {"story": {"conjunctions": ["and"]}}, "subject": {"item_kind": "enabler"}}) == set()

test_not_atomic_done if said_not_atomic({"text": {"story": {"conjunctions": ["and"]}}, "facts": {"not_done": false}}) == set()

test_not_atomic_hostile if count(said_not_atomic({"text": {"story": {"conjunctions": ["%s\u0000"]}}})) == 1
