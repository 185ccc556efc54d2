package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

begun_without_stories(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/begun-without-stories", all)
}

test_begun_without_stories_not_active if begun_without_stories({}) == set()

test_begun_without_stories_none_begun if begun_without_stories({"facts": {"active": true}, "subject": {"state": {"native": "Doing"}}}) == {{
	"policy": "feature/begun-without-stories",
	"evidence": {"begun": "none"},
	"message": "It is in Doing, and of 1 Story under it none has begun.",
}}

test_begun_without_stories_one_begun if begun_without_stories({"facts": {"active": true}, "children": [example.summary, object.union(example.summary, {"state": {"category": "in_progress"}})]}) == set()

test_begun_without_stories_one_done if begun_without_stories({"facts": {"active": true}, "children": [object.union(example.summary, {"state": {"category": "done"}})]}) == set()

test_begun_without_stories_no_stories if begun_without_stories({"facts": {"active": true}, "children": []}) == set()

test_begun_without_stories_not_all_known if begun_without_stories({"facts": {"active": true, "children_known": false}}) == set()

test_begun_without_stories_unknown_state if begun_without_stories({"facts": {"active": true}, "children": [object.union(example.summary, {"state": {"category": ""}})]}) == set()
