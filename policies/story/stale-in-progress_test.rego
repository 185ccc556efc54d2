package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_stale_in_progress := object.union(
	example.story({
		"facts": {
			"active": true,
			"committed": true,
			"idle_days": 40,
			"last_activity": "2026-10-15",
		},
		"subject": {
			"state": {
				"category": "in_progress",
				"native": "In Progress",
				"since": "2026-10-10",
			},
		},
	}),
	{"settings": {"story/stale-in-progress": {"days": 30}}},
)

said_stale_in_progress(changes) := found if {
	all := story.violation with input as object.union(healthy_stale_in_progress, changes)
	found := example.said("story/stale-in-progress", all)
}

test_stale_in_progress_touched if said_stale_in_progress({"facts": {"idle_days": 1}}) == set()

test_stale_in_progress_untouched if said_stale_in_progress({}) == {{
	"policy": "story/stale-in-progress",
	"evidence": {"last_activity": "2026-10-15"},
	"message": "It is In Progress, and nobody has touched it since 15 Oct 2026.",
}}

test_stale_in_progress_at_the_limit if count(said_stale_in_progress({"facts": {"idle_days": 30}})) == 1

test_stale_in_progress_a_day_before if said_stale_in_progress({"facts": {"idle_days": 29}}) == set()

test_stale_in_progress_own_limit if {
	count(said_stale_in_progress({"facts": {"idle_days": 7}, "settings": {"story/stale-in-progress": {"days": 7}}})) == 1
}

test_stale_in_progress_not_begun if said_stale_in_progress({"facts": {"active": false}}) == set()

test_stale_in_progress_done if said_stale_in_progress({"facts": {"active": false, "not_done": false}}) == set()

test_stale_in_progress_date_unknown if {
	some v in said_stale_in_progress({"facts": {"last_activity": ""}})
	v.message == "It is In Progress, and nobody has touched it."
}

test_stale_in_progress_hostile_state if {
	some v in said_stale_in_progress({"subject": {"state": {"native": "%s<b>"}}})
	v.message == "It is %s<b>, and nobody has touched it since 15 Oct 2026."
}
