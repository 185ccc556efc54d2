package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_not_estimated := object.union(
	json.patch(
		example.story({
			"facts": {"committed": true},
			"subject": {"iteration": {"name": "Sprint 48", "state": "active"}},
		}),
		[{"op": "remove", "path": "/subject/points"}],
	),
	{"settings": {"story/not-estimated": {"except_kinds": ["bug", "spike", "chore"]}}},
)

said_not_estimated(changes) := found if {
	all := story.violation with input as object.union(healthy_not_estimated, changes)
	found := example.said("story/not-estimated", all)
}

test_not_estimated_estimated if said_not_estimated({"subject": {"points": 5}}) == set()

test_not_estimated_in_the_active_iteration if said_not_estimated({}) == {{
	"policy": "story/not-estimated",
	"evidence": {"points": "none"},
	"message": "In the active Sprint 48, and it has no estimate.",
}}

# A Kanban team has no iteration, and may estimate all the same.
test_not_estimated_in_progress_without_an_iteration if {
	some v in said_not_estimated({
		"subject": {
			"iteration": {"name": "", "state": ""},
			"state": {"category": "in_progress", "native": "Doing", "since": "2026-11-20"},
		},
	})
	v.message == "Doing since 20 Nov 2026, and it has no estimate."
}

test_not_estimated_zero_is_an_estimate if said_not_estimated({"subject": {"points": 0}}) == set()

test_not_estimated_not_committed if said_not_estimated({"facts": {"committed": false}}) == set()

test_not_estimated_done if said_not_estimated({"facts": {"not_done": false}}) == set()

test_not_estimated_kinds_that_need_none[one] if {
	some one in ["bug", "spike", "chore"]
	said_not_estimated({"subject": {"item_kind": one}}) == set()
}

test_not_estimated_enabler if count(said_not_estimated({"subject": {"item_kind": "enabler"}})) == 1

test_not_estimated_other_kinds_by_the_settings if {
	count(said_not_estimated({"subject": {"item_kind": "bug"}, "settings": {"story/not-estimated": {"except_kinds": []}}})) == 1
}

test_not_estimated_hostile_iteration if {
	some v in said_not_estimated({"subject": {"iteration": {"name": "%s <b>", "state": "active"}}})
	v.message == "In the active %s <b>, and it has no estimate."
}
