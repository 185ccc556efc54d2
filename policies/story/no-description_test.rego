package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

said_no_description(changes) := found if {
	all := story.violation with input as object.union(example.story({}), changes)
	found := example.said("story/no-description", all)
}

test_no_description_described if said_no_description({}) == set()

test_no_description_empty if said_no_description({"text": {"words": 0}}) == {{
	"policy": "story/no-description",
	"evidence": {"description": "none"},
	"message": "There is nothing but the title.",
}}

test_no_description_one_word if said_no_description({"text": {"words": 1}}) == set()

test_no_description_active if count(said_no_description({"text": {"words": 0}, "facts": {"active": true, "committed": true}})) == 1

test_no_description_done if said_no_description({"text": {"words": 0}, "facts": {"not_done": false}}) == set()

# A cut text proves nothing.
test_no_description_cut_text if said_no_description({"text": {"words": 0, "truncated": true}}) == set()

test_no_description_hostile_title if count(said_no_description({"text": {"words": 0}, "subject": {"title": "%s\u0000<script>"}})) == 1
