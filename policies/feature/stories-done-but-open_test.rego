package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

stories_done_but_open(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/stories-done-but-open", all)
}

test_stories_done_but_open_open_story if stories_done_but_open({}) == set()

test_stories_done_but_open_all_done if stories_done_but_open({"children": [object.union(example.summary, {"state": {"category": "done"}})]}) == {{
	"policy": "feature/stories-done-but-open",
	"evidence": {"children": "all closed"},
	"message": "1 Story under it, all closed.",
}}

test_stories_done_but_open_one_of_two if stories_done_but_open({"children": [object.union(example.summary, {"state": {"category": "done"}}), example.summary]}) == set()

test_stories_done_but_open_all_removed if stories_done_but_open({"children": [object.union(example.summary, {"state": {"category": "removed"}})]}) == set()

test_stories_done_but_open_none if stories_done_but_open({"children": []}) == set()

test_stories_done_but_open_not_all_known if stories_done_but_open({"facts": {"children_known": false}, "children": [object.union(example.summary, {"state": {"category": "done"}})]}) == set()

test_stories_done_but_open_closed if stories_done_but_open({"facts": {"not_done": false}, "children": [object.union(example.summary, {"state": {"category": "done"}})]}) == set()
