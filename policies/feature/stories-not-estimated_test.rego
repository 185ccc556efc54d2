package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

stories_not_estimated(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/stories-not-estimated": {"percent": 25, "days": 28}}}, changes))
	found := example.said("feature/stories-not-estimated", all)
}

test_stories_not_estimated_estimated if stories_not_estimated({}) == set()

test_stories_not_estimated_one_of_two if stories_not_estimated({"children": [example.summary, object.union(object.remove(example.summary, ["points"]), {"key": "SHOP-151"})]}) == {{
	"policy": "feature/stories-not-estimated",
	"evidence": {"not_estimated": ["SHOP-151"]},
	"message": "Of 2 items that are open, 1 have no estimate.",
	"about": ["SHOP-151"],
}}

test_stories_not_estimated_few if {
	rest := [object.union(example.summary, {"key": sprintf("S-%d", [n])}) | some n in numbers.range(1, 3)]
	stories_not_estimated({"children": array.concat(rest, [object.remove(example.summary, ["points"])])}) == set()
}

test_stories_not_estimated_none_at_all if stories_not_estimated({"children": [object.remove(example.summary, ["points"])]}) == set()

# Zero is an estimate.
test_stories_not_estimated_zero if stories_not_estimated({"children": [object.union(example.summary, {"points": 0})]}) == set()

test_stories_not_estimated_far_ahead if stories_not_estimated({"facts": {"increment_in_days": 60}, "children": [example.summary, object.remove(example.summary, ["points"])]}) == set()

test_stories_not_estimated_done if stories_not_estimated({"facts": {"not_done": false}, "children": [example.summary, object.remove(example.summary, ["points"])]}) == set()
