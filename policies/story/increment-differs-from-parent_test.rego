package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_increment_differs_from_parent := example.story({
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

said_increment_differs_from_parent(changes) := found if {
	all := story.violation with input as object.union(healthy_increment_differs_from_parent, changes)
	found := example.said("story/increment-differs-from-parent", all)
}

test_increment_differs_from_parent_the_same if said_increment_differs_from_parent({}) == set()

test_increment_differs_from_parent_another if said_increment_differs_from_parent({"parent": {"increment": "PI 27.1"}}) == {{
	"policy": "story/increment-differs-from-parent",
	"evidence": {"increment": "PI 26.4", "parent": "SHOP-100", "parent_increment": "PI 27.1"},
	"message": "It is planned for PI 26.4, and its parent SHOP-100 for PI 27.1.",
	"about": ["SHOP-100"],
}}

test_increment_differs_from_parent_not_planned if said_increment_differs_from_parent({"increment": {"name": "", "start": "", "end": ""}}) == set()

test_increment_differs_from_parent_parent_not_planned if said_increment_differs_from_parent({"parent": {"increment": ""}}) == set()

# Another policy speaks of that.
test_increment_differs_from_parent_parent_finished if said_increment_differs_from_parent({"parent": {"increment": "PI 26.3", "state": {"category": "done"}}}) == set()

test_increment_differs_from_parent_done if said_increment_differs_from_parent({"parent": {"increment": "PI 27.1"}, "facts": {"not_done": false}}) == set()

test_increment_differs_from_parent_no_parent if said_increment_differs_from_parent({"parent": null, "parent_ref": ""}) == set()

test_increment_differs_from_parent_unreadable_parent if said_increment_differs_from_parent({"parent": null, "parent_ref": "unreadable"}) == set()

test_increment_differs_from_parent_hostile if {
	some v in said_increment_differs_from_parent({"parent": {"increment": "%s<b>"}})
	v.message == "It is planned for PI 26.4, and its parent SHOP-100 for %s<b>."
}
