package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_linked_not_parented := example.story({
	"parent_ref": "",
	"links": [
		{
			"type": "relates",
			"direction": "outward",
			"item": object.union(
				example.summary,
				{"key": "SHOP-100", "level": "feature"},
			),
		},
	],
})

said_linked_not_parented(changes) := found if {
	all := story.violation with input as object.union(healthy_linked_not_parented, changes)
	found := example.said("story/linked-not-parented", all)
}

test_linked_not_parented_linked if said_linked_not_parented({}) == {{
	"policy": "story/linked-not-parented",
	"evidence": {"feature": "SHOP-100"},
	"message": "It has no parent, and a link to SHOP-100.",
	"about": ["SHOP-100"],
}}

test_linked_not_parented_parent if said_linked_not_parented({"parent_ref": "known"}) == set()

test_linked_not_parented_unreadable_parent if said_linked_not_parented({"parent_ref": "unreadable"}) == set()

test_linked_not_parented_linked_to_a_story if {
	said_linked_not_parented({
		"links": [
			{
				"type": "relates",
				"direction": "outward",
				"item": object.union(example.summary, {}),
			},
		],
	}) == set()
}

test_linked_not_parented_another_link if {
	said_linked_not_parented({
		"links": [
			object.union(
				{
					"type": "relates",
					"direction": "outward",
					"item": object.union(example.summary, {"level": "feature"}),
				},
				{"type": "blocks"},
			),
		],
	}) == set()
}

test_linked_not_parented_finished_feature if {
	said_linked_not_parented({
		"links": [
			{
				"type": "relates",
				"direction": "outward",
				"item": object.union(
					example.summary,
					{"level": "feature", "state": {"category": "done"}},
				),
			},
		],
	}) == set()
}

test_linked_not_parented_unknown_item if said_linked_not_parented({"links": [{"type": "relates", "direction": "outward", "item": null}]}) == set()

test_linked_not_parented_bug if said_linked_not_parented({"subject": {"item_kind": "bug"}}) == set()

test_linked_not_parented_done if said_linked_not_parented({"facts": {"not_done": false}}) == set()

test_linked_not_parented_hostile_key if {
	some v in said_linked_not_parented({
		"links": [
			{
				"type": "relates",
				"direction": "outward",
				"item": object.union(example.summary, {"key": "%s<b>", "level": "feature"}),
			},
		],
	})
	v.message == "It has no parent, and a link to %s<b>."
}
