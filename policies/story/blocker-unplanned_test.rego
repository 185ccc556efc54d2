package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_blocker_unplanned := example.story({
	"links": [
		{
			"type": "blocks",
			"direction": "inward",
			"item": object.union(
				example.summary,
				{
					"key": "PLAT-88",
					"team": "Platform",
					"iteration": {"name": "", "state": "", "start": "", "end": ""},
					"increment": "",
					"increment_start": "",
					"increment_end": "",
					"due": "",
				},
			),
		},
	],
})

said_blocker_unplanned(changes) := found if {
	all := story.violation with input as object.union(healthy_blocker_unplanned, changes)
	found := example.said("story/blocker-unplanned", all)
}

test_blocker_unplanned_planned_nowhere if said_blocker_unplanned({}) == {{
	"policy": "story/blocker-unplanned",
	"evidence": {"blocker": "PLAT-88"},
	"message": "It is planned for Sprint 49 and waits for PLAT-88, which is planned nowhere.",
	"about": ["PLAT-88"],
}}

test_blocker_unplanned_in_the_running_iteration if count(said_blocker_unplanned({"subject": {"iteration": {"state": "active"}}})) == 1

test_blocker_unplanned_planned if {
	said_blocker_unplanned({
		"links": [
			{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {})},
		],
	}) == set()
}

test_blocker_unplanned_with_a_due_date if {
	said_blocker_unplanned({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{
						"team": "Platform",
						"iteration": {"name": "", "state": "", "start": "", "end": ""},
						"increment": "",
						"increment_start": "",
						"increment_end": "",
						"due": "2026-11-28",
					},
				),
			},
		],
	}) == set()
}

test_blocker_unplanned_with_an_increment if {
	said_blocker_unplanned({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{
						"team": "Platform",
						"iteration": {"name": "", "state": "", "start": "", "end": ""},
						"increment": "PI 26.4",
						"increment_start": "",
						"increment_end": "",
						"due": "",
					},
				),
			},
		],
	}) == set()
}

test_blocker_unplanned_with_an_iteration if {
	said_blocker_unplanned({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{
						"team": "Platform",
						"iteration": {
							"name": "Sprint 49",
							"state": "future",
							"start": "",
							"end": "",
						},
						"increment": "",
						"increment_start": "",
						"increment_end": "",
						"due": "",
					},
				),
			},
		],
	}) == set()
}

test_blocker_unplanned_being_worked_on if {
	said_blocker_unplanned({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{
						"state": {"category": "in_progress"},
						"iteration": {"name": "", "state": "", "start": "", "end": ""},
						"increment": "",
						"increment_start": "",
						"increment_end": "",
						"due": "",
					},
				),
			},
		],
	}) == set()
}

test_blocker_unplanned_team_unknown if {
	said_blocker_unplanned({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{
						"team": "",
						"iteration": {"name": "", "state": "", "start": "", "end": ""},
						"increment": "",
						"increment_start": "",
						"increment_end": "",
						"due": "",
					},
				),
			},
		],
	}) == set()
}

test_blocker_unplanned_unreadable_blocker if said_blocker_unplanned({"links": [{"type": "blocks", "direction": "inward", "item": null}]}) == set()

test_blocker_unplanned_not_planned_itself if said_blocker_unplanned({"subject": {"iteration": {"name": "", "state": ""}}}) == set()

test_blocker_unplanned_done if said_blocker_unplanned({"facts": {"not_done": false}}) == set()

test_blocker_unplanned_hostile if {
	some v in said_blocker_unplanned({
		"links": [
			{
				"type": "blocks",
				"direction": "inward",
				"item": object.union(
					example.summary,
					{
						"key": "%s<b>",
						"iteration": {"name": "", "state": "", "start": "", "end": ""},
						"increment": "",
						"increment_start": "",
						"increment_end": "",
						"due": "",
					},
				),
			},
		],
	})
	v.message == "It is planned for Sprint 49 and waits for %s<b>, which is planned nowhere."
}
