package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_past_increment := example.story({"increment": {"name": "PI 26.3", "start": "2026-07-13", "end": "2026-10-04"}})

said_past_increment(changes) := found if {
	all := story.violation with input as object.union(healthy_past_increment, changes)
	found := example.said("story/past-increment", all)
}

test_past_increment_over if said_past_increment({}) == {{
	"policy": "story/past-increment",
	"evidence": {"increment": "PI 26.3"},
	"message": "It is planned for PI 26.3, which ended on 4 Oct 2026.",
}}

test_past_increment_running if said_past_increment({"increment": {"end": "2026-12-13"}}) == set()

test_past_increment_last_day if said_past_increment({"increment": {"end": "2026-11-24"}}) == set()

test_past_increment_the_day_after if count(said_past_increment({"increment": {"end": "2026-11-23"}})) == 1

test_past_increment_not_planned if said_past_increment({"increment": {"name": "", "start": "", "end": ""}}) == set()

test_past_increment_active if count(said_past_increment({"facts": {"active": true, "committed": true}})) == 1

test_past_increment_done if said_past_increment({"facts": {"not_done": false}}) == set()

test_past_increment_hostile_name if {
	some v in said_past_increment({"increment": {"name": "%s<b>"}})
	v.message == "It is planned for %s<b>, which ended on 4 Oct 2026."
}
