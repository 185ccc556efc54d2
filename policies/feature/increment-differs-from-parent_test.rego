package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

increment_differs_from_parent(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/increment-differs-from-parent", all)
}

test_increment_differs_from_parent_no_parent if increment_differs_from_parent({}) == set()

test_increment_differs_from_parent_same if increment_differs_from_parent({"parent": example.summary}) == set()

test_increment_differs_from_parent_differs if increment_differs_from_parent({"parent": object.union(example.summary, {"increment": "PI 27.1"})}) == {{
	"policy": "feature/increment-differs-from-parent",
	"evidence": {"increment": "PI 26.4", "parent": "PI 27.1"},
	"message": "It is planned for PI 26.4, and SHOP-148 above it for PI 27.1.",
	"about": ["SHOP-148"],
}}

test_increment_differs_from_parent_parent_unplanned if increment_differs_from_parent({"parent": object.union(example.summary, {"increment": ""})}) == set()

test_increment_differs_from_parent_unplanned if increment_differs_from_parent({"increment": {"name": ""}, "parent": example.summary}) == set()

test_increment_differs_from_parent_done if increment_differs_from_parent({"facts": {"not_done": false}, "parent": object.union(example.summary, {"increment": "PI 27.1"})}) == set()
