package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_parent_contradicts := example.story({
	"facts": {"active": true, "committed": true},
	"subject": {"state": {"category": "in_progress", "native": "In Progress"}},
	"parent": object.union(
		example.summary,
		{
			"key": "SHOP-100",
			"level": "feature",
			"type": "Epic",
			"state": {"category": "in_progress", "native": "Implementing"},
		},
	),
})

said_parent_contradicts(changes) := found if {
	all := story.violation with input as object.union(healthy_parent_contradicts, changes)
	found := example.said("story/parent-contradicts", all)
}

test_parent_contradicts_both_in_progress if said_parent_contradicts({}) == set()

test_parent_contradicts_parent_to_do if said_parent_contradicts({"parent": {"state": {"category": "todo", "native": "To Do"}}}) == {{
	"policy": "story/parent-contradicts",
	"evidence": {"parent": "SHOP-100", "parent_state": "todo"},
	"message": "It is In Progress, and its parent SHOP-100 is To Do.",
	"about": ["SHOP-100"],
}}

test_parent_contradicts_parent_done if {
	some v in said_parent_contradicts({"parent": {"state": {"category": "done", "native": "Done"}}})
	v.message == "It is In Progress, and its parent SHOP-100 is Done."
}

test_parent_contradicts_parent_removed if count(said_parent_contradicts({"parent": {"state": {"category": "removed", "native": "Removed"}}})) == 1

# Planned in the active iteration, and not begun.
test_parent_contradicts_not_begun if said_parent_contradicts({"facts": {"active": false}, "parent": {"state": {"category": "todo"}}}) == set()

test_parent_contradicts_bug if {
	said_parent_contradicts({"subject": {"item_kind": "bug"}, "parent": {"state": {"category": "done"}}}) == set()
}

test_parent_contradicts_no_parent if said_parent_contradicts({"parent": null, "parent_ref": ""}) == set()

test_parent_contradicts_unreadable_parent if said_parent_contradicts({"parent": null, "parent_ref": "unreadable"}) == set()

test_parent_contradicts_state_of_the_parent_unknown if said_parent_contradicts({"parent": {"state": {"category": ""}}}) == set()

test_parent_contradicts_hostile if {
	some v in said_parent_contradicts({"parent": {"key": "%d@all", "state": {"category": "todo", "native": "<b>"}}})
	v.message == "It is In Progress, and its parent %d@all is <b>."
}
