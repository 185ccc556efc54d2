package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

too_big(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/too-big": {"max_points": 80}}}, changes))
	found := example.said("feature/too-big", all)
}

test_too_big_small if too_big({}) == set()

test_too_big_big if too_big({"children": [object.union(example.summary, {"points": 81})]}) == {{
	"policy": "feature/too-big",
	"evidence": {"points": "too many"},
	"message": "Its open stories have 81 points; 80 is the most for one Epic.",
}}

test_too_big_at_the_limit if too_big({"children": [object.union(example.summary, {"points": 80})]}) == set()

test_too_big_not_estimated if too_big({"children": [object.remove(example.summary, ["points"])]}) == set()

test_too_big_done_stories if too_big({"children": [object.union(example.summary, {"points": 500, "state": {"category": "done"}})]}) == set()

test_too_big_own_limit if count(too_big({"settings": {"feature/too-big": {"max_points": 2}}})) == 1

test_too_big_done if too_big({"children": [object.union(example.summary, {"points": 500})], "facts": {"not_done": false}}) == set()
