package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

too_many_features_active(set) := too_many_features_active_with(set, {"settings": {"train/too-many-features-active": {"per_team": 3}}})

too_many_features_active_with(set, changes) := found if {
	all := train.violation with input as sets.train(set, changes)
	found := example.said("train/too-many-features-active", all)
}

test_too_many_features_active_none if too_many_features_active({}) == set()

test_too_many_features_active_many if too_many_features_active({"teams": [sets.crew({})], "active": {"features": [sets.begun("A"), sets.begun("B"), sets.begun("C"), sets.begun("D")]}}) == {{
	"policy": "train/too-many-features-active",
	"evidence": {"active": "too many"},
	"message": "4 features are in progress for 1 teams; 3 for each is the most.",
	"about": ["A", "B", "C", "D"],
}}

test_too_many_features_active_at_the_limit if too_many_features_active({"teams": [sets.crew({})], "active": {"features": [sets.begun("A"), sets.begun("B"), sets.begun("C")]}}) == set()

test_too_many_features_active_no_teams if too_many_features_active({"active": {"features": [sets.begun("A"), sets.begun("B"), sets.begun("C"), sets.begun("D")]}}) == set()

test_too_many_features_active_own if count(too_many_features_active_with({"teams": [sets.crew({})], "active": {"features": [sets.begun("A"), sets.begun("B")]}}, {"settings": {"train/too-many-features-active": {"per_team": 1}}})) == 1
