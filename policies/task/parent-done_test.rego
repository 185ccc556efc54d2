package trackwarden.task_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.task

healthy_parent_done := example.story({
	"level": "task",
	"subject": {"type": "Sub-task", "level": "task"},
	"parent": object.union(
		example.summary,
		{
			"key": "SHOP-147",
			"state": {"category": "in_progress", "native": "In Progress"},
		},
	),
})

said_parent_done(changes) := found if {
	all := task.violation with input as object.union(healthy_parent_done, changes)
	found := example.said("task/parent-done", all)
}

test_parent_done_parent_open if said_parent_done({}) == set()

test_parent_done_parent_done if said_parent_done({"parent": {"state": {"category": "done", "native": "Done"}}}) == {{
	"policy": "task/parent-done",
	"evidence": {"parent": "SHOP-147", "parent_state": "done"},
	"message": "Its parent SHOP-147 is Done.",
	"about": ["SHOP-147"],
}}

test_parent_done_parent_removed if count(said_parent_done({"parent": {"state": {"category": "removed", "native": "Removed"}}})) == 1

test_parent_done_in_progress if {
	count(said_parent_done({"parent": {"state": {"category": "done"}}, "facts": {"active": true, "committed": true}})) == 1
}

test_parent_done_unreadable_parent if said_parent_done({"parent": null, "parent_ref": "unreadable"}) == set()

test_parent_done_state_unknown if said_parent_done({"parent": {"state": {"category": ""}}}) == set()

test_parent_done_done if {
	said_parent_done({"parent": {"state": {"category": "done"}}, "facts": {"not_done": false}}) == set()
}

test_parent_done_hostile if {
	some v in said_parent_done({"parent": {"key": "%s", "state": {"category": "done", "native": "<b>"}}})
	v.message == "Its parent %s is <b>."
}
