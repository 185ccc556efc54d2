package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_vague_words := example.story({"settings": {"story/vague-words": {"ignore": [], "also": []}}})

said_vague_words(changes) := found if {
	all := story.violation with input as object.union(healthy_vague_words, changes)
	found := example.said("story/vague-words", all)
}

test_vague_words_none if said_vague_words({}) == set()

test_vague_words_one if said_vague_words({"text": {"story": {"vague": ["fast"]}}}) == {{
	"policy": "story/vague-words",
	"evidence": {"words": ["fast"]},
	"message": `The user story says "fast", which two people would check differently.`,
}}

test_vague_words_two if said_vague_words({"text": {"story": {"vague": ["fast", "easy"]}}}) == {{
	"policy": "story/vague-words",
	"evidence": {"words": ["easy", "fast"]},
	"message": `The user story says "fast" and "easy", which two people would check differently.`,
}}

test_vague_words_let_be if said_vague_words({"text": {"story": {"vague": ["fast"]}}, "settings": {"story/vague-words": {"ignore": ["Fast"]}}}) == set()

test_vague_words_own_word if said_vague_words({"text": {"story": {"sentence": "I want a Snappy, small shop"}}, "settings": {"story/vague-words": {"also": ["snappy"]}}}) == {{
	"policy": "story/vague-words",
	"evidence": {"words": []},
	"message": `The user story says "snappy", which two people would check differently.`,
}}

test_vague_words_own_word_inside_another if said_vague_words({"text": {"story": {"sentence": "I want snappyness"}}, "settings": {"story/vague-words": {"also": ["snappy"]}}}) == set()

test_vague_words_no_story_at_all if said_vague_words({"text": {"story": {"language": "", "sentence": ""}}}) == set()

test_vague_words_bug if said_vague_words({"text": {"story": {"vague": ["fast"]}}, "subject": {"item_kind": "bug"}}) == set()

test_vague_words_enabler if said_vague_words({"text": {"story": {"vague": ["fast"]}}, "subject": {"item_kind": "enabler"}}) == set()

test_vague_words_done if said_vague_words({"text": {"story": {"vague": ["fast"]}}, "facts": {"not_done": false}}) == set()

test_vague_words_hostile if said_vague_words({"text": {"story": {"sentence": "[ %s ("}}, "settings": {"story/vague-words": {"also": ["[", "%s"]}}}) == set()
