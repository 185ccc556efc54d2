package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_no_user_story := example.story({})

said_no_user_story(changes) := found if {
	all := story.violation with input as object.union(healthy_no_user_story, changes)
	found := example.said("story/no-user-story", all)
}

test_no_user_story_there if said_no_user_story({}) == set()

test_no_user_story_none if said_no_user_story({"text": {"story": {"language": "", "sentence": "", "words": 0}}}) == {{
	"policy": "story/no-user-story",
	"evidence": {"user_story": "none"},
	"message": "It does not say who wants what and why.",
}}

test_no_user_story_another_part_missing if said_no_user_story({"text": {"story": {"missing": ["role"]}}}) == set()

test_no_user_story_bug if said_no_user_story({"text": {"story": {"language": "", "sentence": "", "words": 0}}, "subject": {"item_kind": "bug"}}) == set()

test_no_user_story_enabler if said_no_user_story({"text": {"story": {"language": "", "sentence": "", "words": 0}}, "subject": {"item_kind": "enabler"}}) == set()

test_no_user_story_done if said_no_user_story({"text": {"story": {"language": "", "sentence": "", "words": 0}}, "facts": {"not_done": false}}) == set()

test_no_user_story_cut_text if said_no_user_story({"text": {"truncated": true, "story": {"language": "", "sentence": "", "words": 0}}}) == set()

test_no_user_story_hostile if count(said_no_user_story({"subject": {"title": "As %s <script>@all"}, "text": {"story": {"language": "", "sentence": "", "words": 0}}})) == 1
