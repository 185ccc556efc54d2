package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_open_duplicate := example.story({
	"links": [
		{
			"type": "duplicates",
			"direction": "outward",
			"item": object.union(example.summary, {"key": "SHOP-9"}),
		},
	],
})

said_open_duplicate(changes) := found if {
	all := story.violation with input as object.union(healthy_open_duplicate, changes)
	found := example.said("story/open-duplicate", all)
}

test_open_duplicate_open if said_open_duplicate({}) == {{
	"policy": "story/open-duplicate",
	"evidence": {"duplicates": "SHOP-9"},
	"message": "It is marked as a duplicate of SHOP-9, and still open.",
	"about": ["SHOP-9"],
}}

test_open_duplicate_no_links if said_open_duplicate({"links": []}) == set()

# The other one is the duplicate.
test_open_duplicate_the_original if {
	said_open_duplicate({
		"links": [
			{
				"type": "duplicates",
				"direction": "inward",
				"item": object.union(example.summary, {}),
			},
		],
	}) == set()
}

test_open_duplicate_another_link if {
	said_open_duplicate({
		"links": [
			{
				"type": "relates",
				"direction": "outward",
				"item": object.union(example.summary, {}),
			},
		],
	}) == set()
}

test_open_duplicate_unknown_original if {
	said_open_duplicate({"links": [{"type": "duplicates", "direction": "outward", "item": null}]}) == set()
}

test_open_duplicate_removed_original if {
	said_open_duplicate({
		"links": [
			{
				"type": "duplicates",
				"direction": "outward",
				"item": object.union(example.summary, {"state": {"category": "removed"}}),
			},
		],
	}) == set()
}

test_open_duplicate_two_originals if {
	count(said_open_duplicate({
		"links": [
			{
				"type": "duplicates",
				"direction": "outward",
				"item": object.union(example.summary, {"key": "A-1"}),
			},
			{
				"type": "duplicates",
				"direction": "outward",
				"item": object.union(example.summary, {"key": "A-2"}),
			},
		],
	})) == 2
}

test_open_duplicate_done if said_open_duplicate({"facts": {"not_done": false}}) == set()

test_open_duplicate_hostile_key if {
	some v in said_open_duplicate({
		"links": [
			{
				"type": "duplicates",
				"direction": "outward",
				"item": object.union(example.summary, {"key": "%s@all"}),
			},
		],
	})
	v.message == "It is marked as a duplicate of %s@all, and still open."
}
