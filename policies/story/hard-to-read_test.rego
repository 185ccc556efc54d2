package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_hard_to_read := example.story({"settings": {"story/hard-to-read": {"least_ease": 0}}})

said_hard_to_read(changes) := found if {
	all := story.violation with input as object.union(healthy_hard_to_read, changes)
	found := example.said("story/hard-to-read", all)
}

test_hard_to_read_easy if said_hard_to_read({}) == set()

test_hard_to_read_hard if said_hard_to_read({"text": {"story": {"reading_ease": -12}}}) == {{
	"policy": "story/hard-to-read",
	"evidence": {"reading_ease": -12},
	"message": "The reading ease of the user story is -12; everyday English has 60 and more.",
}}

test_hard_to_read_at_the_limit if said_hard_to_read({"text": {"story": {"reading_ease": 0}}}) == set()

test_hard_to_read_just_below if count(said_hard_to_read({"text": {"story": {"reading_ease": -1}}})) == 1

# Below ten words there is no key.
test_hard_to_read_unknown if {
	short := json.patch(healthy_hard_to_read, [{"op": "remove", "path": "text/story/reading_ease"}])
	all := story.violation with input as short
	example.said("story/hard-to-read", all) == set()
}

test_hard_to_read_bug if said_hard_to_read({"text": {"story": {"reading_ease": -12}}, "subject": {"item_kind": "bug"}}) == set()

test_hard_to_read_enabler if said_hard_to_read({"text": {"story": {"reading_ease": -12}}, "subject": {"item_kind": "enabler"}}) == set()

test_hard_to_read_done if said_hard_to_read({"text": {"story": {"reading_ease": -12}}, "facts": {"not_done": false}}) == set()

test_hard_to_read_hostile if count(said_hard_to_read({"text": {"story": {"reading_ease": -99999}}})) == 1
