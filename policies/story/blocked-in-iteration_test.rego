package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_blocked_in_iteration := example.story({
	"links": [
		{
			"type": "blocks",
			"direction": "inward",
			"item": object.union(example.summary, {}),
		},
	],
	"subject": {"iteration": {"name": "Sprint 48", "state": "active"}},
})

said_blocked_in_iteration(changes) := found if {
	all := story.violation with input as object.union(healthy_blocked_in_iteration, changes)
	found := example.said("story/blocked-in-iteration", all)
}

test_blocked_in_iteration_open_blocker if said_blocked_in_iteration({}) == {{
	"policy": "story/blocked-in-iteration",
	"evidence": {"blocker": "SHOP-148", "iteration": "Sprint 48"},
	"message": "It is in the active Sprint 48 and waits for SHOP-148, which is To Do.",
	"about": ["SHOP-148"],
}}

test_blocked_in_iteration_no_blocker if said_blocked_in_iteration({"links": []}) == set()

test_blocked_in_iteration_finished_blocker if {
	said_blocked_in_iteration({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(example.summary, {"state": {"category": "done"}}),
			},
		],
	}) == set()
}

test_blocked_in_iteration_iteration_ahead if said_blocked_in_iteration({"subject": {"iteration": {"state": "future"}}}) == set()

test_blocked_in_iteration_no_iteration if said_blocked_in_iteration({"subject": {"iteration": {"name": "", "state": ""}}}) == set()

test_blocked_in_iteration_unreadable_blocker if said_blocked_in_iteration({"links": [{"type": "blocks", "direction": "inward", "item": null}]}) == set()

test_blocked_in_iteration_two_blockers if {
	count(said_blocked_in_iteration({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(example.summary, {"key": "A-1"}),
			},
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(example.summary, {"key": "A-2"}),
			},
		],
	})) == 2
}

test_blocked_in_iteration_done if said_blocked_in_iteration({"facts": {"not_done": false}}) == set()

test_blocked_in_iteration_hostile if {
	some v in said_blocked_in_iteration({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{"key": "%s", "state": {"native": "<b>@all"}},
				),
			},
		],
	})
	v.message == "It is in the active Sprint 48 and waits for %s, which is <b>@all."
}
