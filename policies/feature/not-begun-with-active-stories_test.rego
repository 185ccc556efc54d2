package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

not_begun_with_active_stories(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/not-begun-with-active-stories", all)
}

test_not_begun_with_active_stories_none_active if not_begun_with_active_stories({}) == set()

test_not_begun_with_active_stories_one_active if not_begun_with_active_stories({"children": [object.union(example.summary, {"state": {"category": "in_progress"}})]}) == {{
	"policy": "feature/not-begun-with-active-stories",
	"evidence": {"active": ["SHOP-148"]},
	"message": "It is in To Do, and SHOP-148 under it is being worked on.",
	"about": ["SHOP-148"],
}}

test_not_begun_with_active_stories_feature_active if not_begun_with_active_stories({"subject": {"state": {"category": "in_progress"}}, "children": [object.union(example.summary, {"state": {"category": "in_progress"}})]}) == set()

test_not_begun_with_active_stories_story_done if not_begun_with_active_stories({"children": [object.union(example.summary, {"state": {"category": "done"}})]}) == set()

test_not_begun_with_active_stories_no_stories if not_begun_with_active_stories({"children": []}) == set()

test_not_begun_with_active_stories_hostile if count(not_begun_with_active_stories({"children": [object.union(example.summary, {"key": "%s <script>@all\u0000", "state": {"category": "in_progress"}})]})) == 1
