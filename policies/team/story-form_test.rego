package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

story_form(set) := story_form_with(set, {"settings": {"team/story-form": {"percent": 60, "least": 10}}})

story_form_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/story-form", all)
}

test_story_form_healthy if story_form({}) == set()

test_story_form_many if story_form({"story_forms": {"stories": 20, "share": 0.4}}) == {{
	"policy": "team/story-form",
	"evidence": {"forms": "many"},
	"message": "The most common form has 8 of 20 stories.",
}}

test_story_form_at_the_limit if story_form({"story_forms": {"stories": 20, "share": 0.6}}) == set()

test_story_form_too_few_to_say if story_form({"story_forms": {"stories": 9, "share": 0.1}}) == set()

test_story_form_no_stories if story_form({"story_forms": {"stories": 0, "share": 0}}) == set()

test_story_form_own if count(story_form_with({"story_forms": {"stories": 20, "share": 0.8}}, {"settings": {"team/story-form": {"percent": 90, "least": 10}}})) == 1
