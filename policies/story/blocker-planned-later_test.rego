package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_blocker_planned_later := example.story({
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
})

said_blocker_planned_later(changes) := found if {
	all := story.violation with input as object.union(healthy_blocker_planned_later, changes)
	found := example.said("story/blocker-planned-later", all)
}

test_blocker_planned_later_a_later_iteration if said_blocker_planned_later({}) == {{
	"policy": "story/blocker-planned-later",
	"evidence": {"blocker": "PLAT-88", "planned": "Sprint 50"},
	"message": "It waits for PLAT-88, which is planned later, in Sprint 50.",
	"about": ["PLAT-88"],
}}

test_blocker_planned_later_the_same_iteration if {
	said_blocker_planned_later({
		"links": [
			{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {})},
		],
	}) == set()
}

test_blocker_planned_later_a_later_increment if {
	count(said_blocker_planned_later({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{
						"iteration": {"name": "", "state": "", "start": "", "end": ""},
						"increment": "PI 27.1",
						"increment_start": "2026-12-14",
						"increment_end": "2027-03-07",
					},
				),
			},
		],
	})) == 1
}

test_blocker_planned_later_nothing_planned if {
	said_blocker_planned_later({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{
						"iteration": {"name": "", "state": "", "start": "", "end": ""},
						"increment": "",
						"increment_start": "",
						"increment_end": "",
					},
				),
			},
		],
	}) == set()
}

test_blocker_planned_later_not_planned_itself if {
	said_blocker_planned_later({
		"subject": {"iteration": {"name": "", "state": "", "start": "", "end": ""}},
		"increment": {"name": "", "start": "", "end": ""},
	}) == set()
}

test_blocker_planned_later_finished_blocker if {
	said_blocker_planned_later({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{"state": {"category": "done"}, "iteration": {"end": "2026-12-27"}},
				),
			},
		],
	}) == set()
}

test_blocker_planned_later_unreadable_blocker if said_blocker_planned_later({"links": [{"type": "blocks", "direction": "inward", "item": null}]}) == set()

test_blocker_planned_later_what_it_blocks if {
	said_blocker_planned_later({
		"links": [
			object.union(
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
				{"direction": "outward"},
			),
		],
	}) == set()
}

test_blocker_planned_later_done if said_blocker_planned_later({"facts": {"not_done": false}}) == set()

test_blocker_planned_later_hostile if {
	some v in said_blocker_planned_later({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{
						"key": "%s",
						"iteration": {"name": "<b>@all", "state": "future", "end": "2027-01-01"},
					},
				),
			},
		],
	})
	v.message == "It waits for %s, which is planned later, in <b>@all."
}
