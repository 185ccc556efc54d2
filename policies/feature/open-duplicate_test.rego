package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

open_duplicate(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/open-duplicate", all)
}

test_open_duplicate_none if open_duplicate({}) == set()

test_open_duplicate_duplicate if open_duplicate({"links": [{"type": "duplicates", "direction": "outward", "item": example.summary}]}) == {{
	"policy": "feature/open-duplicate",
	"evidence": {"duplicates": ["SHOP-148"]},
	"message": "It is linked as a duplicate of SHOP-148.",
	"about": ["SHOP-148"],
}}

# The original is not the one to close.
test_open_duplicate_the_original if open_duplicate({"links": [{"type": "duplicates", "direction": "inward", "item": example.summary}]}) == set()

test_open_duplicate_other_link if open_duplicate({"links": [{"type": "relates", "direction": "outward", "item": example.summary}]}) == set()

test_open_duplicate_unknown_item if open_duplicate({"links": [{"type": "duplicates", "direction": "outward", "item": null}]}) == set()

test_open_duplicate_done if open_duplicate({"links": [{"type": "duplicates", "direction": "outward", "item": example.summary}], "facts": {"not_done": false}}) == set()
