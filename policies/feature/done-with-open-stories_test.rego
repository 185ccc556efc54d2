package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

done_with_open_stories(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/done-with-open-stories", all)
}

test_done_with_open_stories_open_feature if done_with_open_stories({}) == set()

test_done_with_open_stories_open_story if done_with_open_stories({"subject": {"state": {"category": "done"}}, "facts": {"not_done": false}}) == {{
	"policy": "feature/done-with-open-stories",
	"evidence": {"open": ["SHOP-148"]},
	"message": "Still open under it: SHOP-148.",
	"about": ["SHOP-148"],
}}

test_done_with_open_stories_all_done if done_with_open_stories({"subject": {"state": {"category": "done"}}, "children": [object.union(example.summary, {"state": {"category": "done"}})]}) == set()

test_done_with_open_stories_removed if done_with_open_stories({"subject": {"state": {"category": "removed"}}}) == set()

test_done_with_open_stories_no_stories if done_with_open_stories({"subject": {"state": {"category": "done"}}, "children": []}) == set()

test_done_with_open_stories_hostile if count(done_with_open_stories({"subject": {"state": {"category": "done"}}, "children": [object.union(example.summary, {"key": "%s <script>@all\u0000"})]})) == 1
