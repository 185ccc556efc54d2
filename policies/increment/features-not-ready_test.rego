package trackwarden.increment_test

import data.trackwarden.increment
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

features_not_ready(set) := features_not_ready_with(set, {"settings": {"increment/features-not-ready": {"days": 14}}})

features_not_ready_with(set, changes) := found if {
	all := increment.violation with input as sets.increment(set, changes)
	found := example.said("increment/features-not-ready", all)
}

test_features_not_ready_running if features_not_ready({}) == set()

test_features_not_ready_not_ready if features_not_ready({"increments": {"judged": sets.planned({"state": "future", "starts_in_days": 10, "features_all": 5, "features_ready": 3})}}) == {{
	"policy": "increment/features-not-ready",
	"evidence": {"ready": "not all"},
	"message": "PI 26.4 begins on 5 Oct 2026; 3 of 5 features are ready.",
	"about": [],
}}

test_features_not_ready_all_ready if features_not_ready({"increments": {"judged": sets.planned({"state": "future", "starts_in_days": 10, "features_all": 5, "features_ready": 5})}}) == set()

test_features_not_ready_far if features_not_ready({"increments": {"judged": sets.planned({"state": "future", "starts_in_days": 15, "features_all": 5, "features_ready": 0})}}) == set()

test_features_not_ready_none_planned if features_not_ready({"increments": {"judged": sets.planned({"state": "future", "starts_in_days": 10, "features_all": 0, "features_ready": 0})}}) == set()

test_features_not_ready_own if count(features_not_ready_with({"increments": {"judged": sets.planned({"state": "future", "starts_in_days": 30, "features_all": 5, "features_ready": 3})}}, {"settings": {"increment/features-not-ready": {"days": 30}}})) == 1
