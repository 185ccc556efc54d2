package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

stale(changes) := found if {
	all := story.violation with input as example.story(changes)
	found := example.said("story/stale", all)
}

test_stale_fresh if stale({}) == set()

test_stale_a_day_before if stale({"facts": {"idle_days": 179}}) == set()

# The evidence is a date: it stays the same while the story goes on ageing.
test_stale_at_the_limit if {
	first := stale({"facts": {"idle_days": 180, "last_activity": "2026-05-28"}})
	first == {{
		"policy": "story/stale",
		"evidence": {"last_activity": "2026-05-28"},
		"message": "Nobody has touched it since 28 May 2026.",
	}}
	stale({"facts": {"idle_days": 400, "last_activity": "2026-05-28"}}) == first
}

test_stale_own_limit if count(stale({"facts": {"idle_days": 30}, "settings": {"story/stale": {"days": 30}}})) == 1

test_stale_committed if stale({"facts": {"idle_days": 500, "committed": true}}) == set()

test_stale_done if stale({"facts": {"idle_days": 500, "not_done": false}}) == set()

# Our own writing changes the item and is no activity.
test_stale_not_by_the_last_change if {
	count(stale({"facts": {"idle_days": 500}, "subject": {"changed": "2026-11-24"}})) == 1
}

test_stale_unknown_date if {
	some v in stale({"facts": {"idle_days": 500, "last_activity": ""}})
	v.message == "Nobody has touched it."
}
