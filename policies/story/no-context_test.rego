package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_no_context := object.union(
	example.story({"text": {"ends": ""}}),
	{
		"settings": {
			"story/no-context": {
				"headings": [
					"context",
					"background",
					"why",
					"reason",
					"kontext",
					"hintergrund",
					"warum",
					"ausgangslage",
					"anlass",
				],
				"enough_words": 60,
			},
		},
	},
)

said_no_context(changes) := found if {
	all := story.violation with input as object.union(healthy_no_context, changes)
	found := example.said("story/no-context", all)
}

test_no_context_so_that if said_no_context({"text": {"ends": "I am done in time"}}) == set()

test_no_context_nowhere if said_no_context({}) == {{
	"policy": "story/no-context",
	"evidence": {"context": "none"},
	"message": "It does not say why it is needed.",
}}

test_no_context_heading if said_no_context({"text": {"headings": ["Business Context"]}}) == set()

test_no_context_german_heading if said_no_context({"text": {"headings": ["Hintergrund:"]}}) == set()

test_no_context_a_word_short if count(said_no_context({"text": {"words": 59}})) == 1

test_no_context_enough_words if said_no_context({"text": {"words": 60}}) == set()

# Another policy speaks of that.
test_no_context_no_description_at_all if said_no_context({"text": {"words": 0}}) == set()

test_no_context_bug if said_no_context({"subject": {"item_kind": "bug"}}) == set()

test_no_context_done if said_no_context({"facts": {"not_done": false}}) == set()

test_no_context_cut_text if said_no_context({"text": {"truncated": true}}) == set()

test_no_context_hostile_heading if count(said_no_context({"text": {"headings": ["(a+)+$ %s"]}})) == 1
