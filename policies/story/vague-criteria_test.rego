package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_vague_criteria := example.story({"settings": {"story/vague-criteria": {"ignore": [], "also": []}}})

said_vague_criteria(changes) := found if {
	all := story.violation with input as object.union(healthy_vague_criteria, changes)
	found := example.said("story/vague-criteria", all)
}

test_vague_criteria_none if said_vague_criteria({}) == set()

test_vague_criteria_one if said_vague_criteria({"text": {"story": {"vague_criteria": ["fast"]}}}) == {{
	"policy": "story/vague-criteria",
	"evidence": {"words": ["fast"]},
	"message": `The acceptance criteria say "fast", which two people would check differently.`,
}}

test_vague_criteria_without_a_user_story if count(said_vague_criteria({"text": {"story": {"vague_criteria": ["fast"], "language": "", "sentence": ""}}})) == 1

test_vague_criteria_only_in_the_sentence if said_vague_criteria({"text": {"story": {"vague": ["fast"]}}}) == set()

test_vague_criteria_let_be if said_vague_criteria({"text": {"story": {"vague_criteria": ["fast"]}}, "settings": {"story/vague-criteria": {"ignore": ["fast"]}}}) == set()

test_vague_criteria_own_word if said_vague_criteria({"text": {"criteria": ["It is so snappy."]}, "settings": {"story/vague-criteria": {"also": ["so snappy"]}}}) == {{
	"policy": "story/vague-criteria",
	"evidence": {"words": []},
	"message": `The acceptance criteria say "so snappy", which two people would check differently.`,
}}

test_vague_criteria_no_criteria if said_vague_criteria({"text": {"criteria": []}}) == set()

test_vague_criteria_bug if said_vague_criteria({"text": {"story": {"vague_criteria": ["fast"]}}, "subject": {"item_kind": "bug"}}) == set()

test_vague_criteria_enabler if said_vague_criteria({"text": {"story": {"vague_criteria": ["fast"]}}, "subject": {"item_kind": "enabler"}}) == set()

test_vague_criteria_done if said_vague_criteria({"text": {"story": {"vague_criteria": ["fast"]}}, "facts": {"not_done": false}}) == set()

test_vague_criteria_hostile if said_vague_criteria({"text": {"criteria": ["%s (", "\u0000"]}, "settings": {"story/vague-criteria": {"also": ["%s"]}}}) == set()
