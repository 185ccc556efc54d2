package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_blocker_same_iteration := example.story({
	"links": [
		{
			"type": "blocks",
			"direction": "inward",
			"item": object.union(example.summary, {}),
		},
	],
})

said_blocker_same_iteration(changes) := found if {
	all := story.violation with input as object.union(healthy_blocker_same_iteration, changes)
	found := example.said("story/blocker-same-iteration", all)
}

test_blocker_same_iteration_the_same_iteration if said_blocker_same_iteration({}) == {{
	"policy": "story/blocker-same-iteration",
	"evidence": {"blocker": "SHOP-148", "iteration": "Sprint 49"},
	"message": "It waits for SHOP-148, which is planned for the same time, in Sprint 49.",
	"about": ["SHOP-148"],
}}

test_blocker_same_iteration_before if {
	said_blocker_same_iteration({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{
						"iteration": {
							"name": "Sprint 48",
							"state": "active",
							"start": "2026-11-16",
							"end": "2026-11-29",
						},
					},
				),
			},
		],
	}) == set()
}

test_blocker_same_iteration_on_the_first_day if {
	count(said_blocker_same_iteration({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(example.summary, {"iteration": {"end": "2026-11-30"}}),
			},
		],
	})) == 1
}

# Another policy speaks of that.
test_blocker_same_iteration_later if {
	said_blocker_same_iteration({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{
						"key": "PLAT-88",
						"iteration": {
							"name": "Sprint 50",
							"state": "future",
							"start": "2026-12-14",
							"end": "2026-12-27",
						},
					},
				),
			},
		],
	}) == set()
}

test_blocker_same_iteration_not_planned if {
	said_blocker_same_iteration({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{"iteration": {"name": "", "state": "", "start": "", "end": ""}},
				),
			},
		],
	}) == set()
}

test_blocker_same_iteration_running_iteration if said_blocker_same_iteration({"subject": {"iteration": {"state": "active"}}}) == set()

test_blocker_same_iteration_finished_blocker if {
	said_blocker_same_iteration({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(example.summary, {"state": {"category": "done"}}),
			},
		],
	}) == set()
}

test_blocker_same_iteration_unreadable_blocker if said_blocker_same_iteration({"links": [{"type": "blocks", "direction": "inward", "item": null}]}) == set()

test_blocker_same_iteration_done if said_blocker_same_iteration({"facts": {"not_done": false}}) == set()

test_blocker_same_iteration_hostile if {
	some v in said_blocker_same_iteration({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{"key": "%s", "iteration": {"name": "<b>"}},
				),
			},
		],
	})
	v.message == "It waits for %s, which is planned for the same time, in <b>."
}
