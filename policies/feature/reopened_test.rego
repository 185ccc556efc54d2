package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

reopened(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/reopened": {"times": 2}}}, changes))
	found := example.said("feature/reopened", all)
}

test_reopened_never if reopened({"facts": {"reopened": 0}}) == set()

test_reopened_twice if reopened({"facts": {"reopened": 2}}) == {{
	"policy": "feature/reopened",
	"evidence": {"reopened": 2},
	"message": "It came back from done 2 times.",
}}

test_reopened_once if reopened({"facts": {"reopened": 1}}) == set()

test_reopened_not_known if reopened({}) == set()

test_reopened_done if reopened({"facts": {"reopened": 5, "not_done": false}}) == set()

test_reopened_own_limit if count(reopened({"facts": {"reopened": 1}, "settings": {"feature/reopened": {"times": 1}}})) == 1
