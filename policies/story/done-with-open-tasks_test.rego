package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_done_with_open_tasks := example.story({
	"facts": {"not_done": false},
	"subject": {"state": {"category": "done", "native": "Done"}},
	"children": [
		object.union(
			example.summary,
			{
				"key": "SHOP-201",
				"level": "task",
				"type": "Sub-task",
				"state": {"category": "done", "native": "done"},
			},
		),
		object.union(
			example.summary,
			{
				"key": "SHOP-200",
				"level": "task",
				"type": "Sub-task",
				"state": {"category": "todo", "native": "todo"},
			},
		),
	],
})

said_done_with_open_tasks(changes) := found if {
	all := story.violation with input as object.union(healthy_done_with_open_tasks, changes)
	found := example.said("story/done-with-open-tasks", all)
}

test_done_with_open_tasks_an_open_task if said_done_with_open_tasks({}) == {{
	"policy": "story/done-with-open-tasks",
	"evidence": {"open": ["SHOP-200"]},
	"message": "It is Done, and open under it: SHOP-200.",
	"about": ["SHOP-200"],
}}

test_done_with_open_tasks_two_of_them if {
	some v in said_done_with_open_tasks({
		"children": [
			object.union(
				example.summary,
				{
					"key": "B-2",
					"level": "task",
					"type": "Sub-task",
					"state": {"category": "in_progress", "native": "in_progress"},
				},
			),
			object.union(
				example.summary,
				{
					"key": "A-1",
					"level": "task",
					"type": "Sub-task",
					"state": {"category": "todo", "native": "todo"},
				},
			),
		],
	})
	v.message == "It is Done, and open under it: A-1, B-2."
}

test_done_with_open_tasks_all_done if {
	said_done_with_open_tasks({
		"children": [
			object.union(
				example.summary,
				{
					"key": "A-1",
					"level": "task",
					"type": "Sub-task",
					"state": {"category": "done", "native": "done"},
				},
			),
			object.union(
				example.summary,
				{
					"key": "A-2",
					"level": "task",
					"type": "Sub-task",
					"state": {"category": "removed", "native": "removed"},
				},
			),
		],
	}) == set()
}

test_done_with_open_tasks_no_tasks if said_done_with_open_tasks({"children": []}) == set()

test_done_with_open_tasks_not_done if said_done_with_open_tasks({"subject": {"state": {"category": "in_progress"}}}) == set()

test_done_with_open_tasks_removed if said_done_with_open_tasks({"subject": {"state": {"category": "removed"}}}) == set()

test_done_with_open_tasks_state_of_the_task_unknown if {
	said_done_with_open_tasks({
		"children": [
			object.union(
				example.summary,
				{
					"key": "A-1",
					"level": "task",
					"type": "Sub-task",
					"state": {"category": "", "native": ""},
				},
			),
		],
	}) == set()
}

# The evidence stays small enough to be kept.
test_done_with_open_tasks_very_many if {
	count(said_done_with_open_tasks({
		"children": [task | some i in numbers.range(1, 300); task := object.union(example.summary, {"key": sprintf("A-%d", [i])})],
	})) == 1
}

test_done_with_open_tasks_hostile if {
	some v in said_done_with_open_tasks({
		"children": [
			object.union(
				example.summary,
				{
					"key": "%s<b>",
					"level": "task",
					"type": "Sub-task",
					"state": {"category": "todo", "native": "todo"},
				},
			),
		],
		"subject": {"state": {"native": "%d@all"}},
	})
	v.message == "It is %d@all, and open under it: %s<b>."
}
