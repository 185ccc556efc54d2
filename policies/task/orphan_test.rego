package trackwarden.task_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.task

healthy_orphan := example.story({
	"level": "task",
	"subject": {
		"key": "SHOP-148",
		"title": "Draw the button",
		"type": "Sub-task",
		"level": "task",
	},
})

said_orphan(changes) := found if {
	all := task.violation with input as object.union(healthy_orphan, changes)
	found := example.said("task/orphan", all)
}

test_orphan_parent if said_orphan({"parent": example.summary, "parent_ref": "known"}) == set()

test_orphan_no_parent if said_orphan({"parent_ref": ""}) == {{
	"policy": "task/orphan",
	"evidence": {"parent": "none"},
	"message": "This Sub-task has no parent.",
}}

test_orphan_unreadable_parent if said_orphan({"parent_ref": "unreadable"}) == set()

test_orphan_active if count(said_orphan({"parent_ref": "", "facts": {"active": true, "committed": true}})) == 1

test_orphan_done if said_orphan({"parent_ref": "", "facts": {"not_done": false}}) == set()

test_orphan_hostile_type if {
	some v in said_orphan({"parent_ref": "", "subject": {"type": "%s<b>"}})
	v.message == "This %s<b> has no parent."
}
