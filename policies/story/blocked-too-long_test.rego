package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_blocked_too_long := object.union(
	example.story({
		"facts": {"idle_days": 20, "last_activity": "2026-11-04"},
		"subject": {"labels": ["app", "Blocked"]},
	}),
	{
		"settings": {
			"story/blocked-too-long": {
				"days": 14,
				"marks": ["blocked", "impediment", "on hold", "blockiert"],
			},
		},
	},
)

said_blocked_too_long(changes) := found if {
	all := story.violation with input as object.union(healthy_blocked_too_long, changes)
	found := example.said("story/blocked-too-long", all)
}

test_blocked_too_long_touched if said_blocked_too_long({"facts": {"idle_days": 2}}) == set()

test_blocked_too_long_by_a_label if said_blocked_too_long({}) == {{
	"policy": "story/blocked-too-long",
	"evidence": {"last_activity": "2026-11-04"},
	"message": "It is marked as blocked, and nobody has touched it since 4 Nov 2026.",
}}

test_blocked_too_long_by_its_state if count(said_blocked_too_long({"subject": {"labels": [], "state": {"native": "On Hold"}}})) == 1

test_blocked_too_long_at_the_limit if count(said_blocked_too_long({"facts": {"idle_days": 14}})) == 1

test_blocked_too_long_a_day_before if said_blocked_too_long({"facts": {"idle_days": 13}}) == set()

test_blocked_too_long_not_marked if said_blocked_too_long({"subject": {"labels": ["unblocked"]}}) == set()

test_blocked_too_long_done if said_blocked_too_long({"facts": {"not_done": false}}) == set()

test_blocked_too_long_hostile_label if said_blocked_too_long({"subject": {"labels": ["%s", "(blocked)+"]}}) == set()
