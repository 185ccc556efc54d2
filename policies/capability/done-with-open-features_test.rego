package trackwarden.capability_test

import data.trackwarden.capability
import data.trackwarden.lib.example_test as example

done_with_open_features(changes) := found if {
	all := capability.violation with input as example.feature(object.union({"level": "capability", "subject": {"level": "capability"}}, changes))
	found := example.said("capability/done-with-open-features", all)
}

test_done_with_open_features_open_capability if done_with_open_features({}) == set()

test_done_with_open_features_open_child if done_with_open_features({"subject": {"state": {"category": "done"}}, "facts": {"not_done": false}}) == {{
	"policy": "capability/done-with-open-features",
	"evidence": {"open": ["SHOP-148"]},
	"message": "Still open under it: SHOP-148.",
	"about": ["SHOP-148"],
}}

test_done_with_open_features_all_done if done_with_open_features({"subject": {"state": {"category": "done"}}, "children": [object.union(example.summary, {"state": {"category": "done"}})]}) == set()

test_done_with_open_features_removed if done_with_open_features({"subject": {"state": {"category": "removed"}}}) == set()

test_done_with_open_features_no_children if done_with_open_features({"subject": {"state": {"category": "done"}}, "children": []}) == set()

test_done_with_open_features_hostile if count(done_with_open_features({"subject": {"state": {"category": "done"}}, "children": [object.union(example.summary, {"key": "%s <script>@all\u0000"})]})) == 1
