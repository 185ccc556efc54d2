package trackwarden.capability_test

import data.trackwarden.capability
import data.trackwarden.lib.example_test as example

no_features(changes) := found if {
	all := capability.violation with input as example.feature(object.union({"level": "capability", "subject": {"level": "capability"}}, changes))
	found := example.said("capability/no-features", all)
}

test_no_features_children if no_features({}) == set()

test_no_features_none if no_features({"children": []}) == {{
	"policy": "capability/no-features",
	"evidence": {"children": "none"},
	"message": "Nothing is planned under this Epic.",
}}

test_no_features_not_all_known if no_features({"facts": {"children_known": false}, "children": []}) == set()

test_no_features_done if no_features({"facts": {"not_done": false}, "children": []}) == set()

test_no_features_active if count(no_features({"facts": {"active": true}, "children": []})) == 1

test_no_features_hostile if count(no_features({"children": [], "subject": {"title": "%s <script>@all\u0000"}})) == 1
