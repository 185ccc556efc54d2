package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_tasks_done_but_open := example.story({
	"subject": {"state": {"category": "in_progress", "native": "In Progress"}},
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
})

said_tasks_done_but_open(changes) := found if {
	all := story.violation with input as object.union(healthy_tasks_done_but_open, changes)
	found := example.said("story/tasks-done-but-open", all)
}

test_tasks_done_but_open_all_done if said_tasks_done_but_open({}) == {{
	"policy": "story/tasks-done-but-open",
	"evidence": {"tasks": "done"},
	"message": "Everything under it is done, and it is In Progress.",
}}

test_tasks_done_but_open_one_open if {
	said_tasks_done_but_open({
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
					"state": {"category": "todo", "native": "todo"},
				},
			),
		],
	}) == set()
}

test_tasks_done_but_open_no_tasks if said_tasks_done_but_open({"children": []}) == set()

# Nothing was done.
test_tasks_done_but_open_all_removed if {
	said_tasks_done_but_open({
		"children": [
			object.union(
				example.summary,
				{
					"key": "A-1",
					"level": "task",
					"type": "Sub-task",
					"state": {"category": "removed", "native": "removed"},
				},
			),
		],
	}) == set()
}

test_tasks_done_but_open_not_all_known if said_tasks_done_but_open({"facts": {"children_known": false}}) == set()

test_tasks_done_but_open_state_unknown if {
	said_tasks_done_but_open({
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
					"state": {"category": "", "native": ""},
				},
			),
		],
	}) == set()
}

test_tasks_done_but_open_done if said_tasks_done_but_open({"facts": {"not_done": false}}) == set()

test_tasks_done_but_open_hostile_state if {
	some v in said_tasks_done_but_open({"subject": {"state": {"native": "%s<b>"}}})
	v.message == "Everything under it is done, and it is %s<b>."
}
