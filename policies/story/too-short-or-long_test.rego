package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_too_short_or_long := example.story({"settings": {"story/too-short-or-long": {"least_words": 8, "most_words": 40}}})

said_too_short_or_long(changes) := found if {
	all := story.violation with input as object.union(healthy_too_short_or_long, changes)
	found := example.said("story/too-short-or-long", all)
}

test_too_short_or_long_right if said_too_short_or_long({}) == set()

test_too_short_or_long_short if said_too_short_or_long({"text": {"story": {"words": 5}}}) == {{
	"policy": "story/too-short-or-long",
	"evidence": {"words": 5},
	"message": "The user story has 5 words.",
}}

test_too_short_or_long_just_short if count(said_too_short_or_long({"text": {"story": {"words": 7}}})) == 1

test_too_short_or_long_shortest if said_too_short_or_long({"text": {"story": {"words": 8}}}) == set()

test_too_short_or_long_longest if said_too_short_or_long({"text": {"story": {"words": 40}}}) == set()

test_too_short_or_long_too_long if said_too_short_or_long({"text": {"story": {"words": 41}}}) == {{
	"policy": "story/too-short-or-long",
	"evidence": {"words": 41},
	"message": "The user story has 41 words.",
}}

test_too_short_or_long_no_story_at_all if said_too_short_or_long({"text": {"story": {"language": "", "sentence": "", "words": 0}}}) == set()

test_too_short_or_long_bug if said_too_short_or_long({"text": {"story": {"words": 5}}, "subject": {"item_kind": "bug"}}) == set()

test_too_short_or_long_enabler if said_too_short_or_long({"text": {"story": {"words": 5}}, "subject": {"item_kind": "enabler"}}) == set()

test_too_short_or_long_done if said_too_short_or_long({"text": {"story": {"words": 5}}, "facts": {"not_done": false}}) == set()

test_too_short_or_long_hostile if count(said_too_short_or_long({"text": {"story": {"words": 99999, "sentence": "%d"}}})) == 1
