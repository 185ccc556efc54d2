package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

no_increment(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/no-increment", all)
}

test_no_increment_planned if no_increment({"facts": {"active": true}}) == set()

test_no_increment_unplanned if no_increment({"facts": {"active": true}, "subject": {"state": {"native": "Doing"}}, "increment": {"name": ""}}) == {{
	"policy": "feature/no-increment",
	"evidence": {"increment": "none"},
	"message": "It is in Doing, and planned for no increment; today is in PI 26.4.",
}}

test_no_increment_not_begun if no_increment({"increment": {"name": ""}}) == set()

test_no_increment_no_increments if no_increment({"facts": {"active": true}, "increment": {"name": ""}, "train": {"current": {"name": ""}}}) == set()

test_no_increment_done if no_increment({"facts": {"not_done": false}, "increment": {"name": ""}}) == set()

test_no_increment_hostile if count(no_increment({"facts": {"active": true}, "increment": {"name": ""}, "subject": {"state": {"native": "%s <script>@all\u0000"}}})) == 1
