package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

wsjf_missing(set) := wsjf_missing_with(set, {"settings": {"train/wsjf-missing": {"percent": 20}}})

wsjf_missing_with(set, changes) := found if {
	all := train.violation with input as sets.train(set, changes)
	found := example.said("train/wsjf-missing", all)
}

test_wsjf_missing_healthy if wsjf_missing({}) == set()

test_wsjf_missing_missing if wsjf_missing({"rank": {"features": 10, "without_wsjf": 3, "unscored": [example.summary]}}) == {{
	"policy": "train/wsjf-missing",
	"evidence": {"wsjf": "missing"},
	"message": "3 of 10 features that wait lack an input of WSJF.",
	"about": ["SHOP-148"],
}}

test_wsjf_missing_at_the_limit if wsjf_missing({"rank": {"features": 10, "without_wsjf": 2}}) == set()

test_wsjf_missing_not_used if wsjf_missing({"rank": {"features": 10, "without_wsjf": 10}}) == set()

test_wsjf_missing_none if wsjf_missing({"rank": {"features": 0, "without_wsjf": 0}}) == set()

test_wsjf_missing_own if count(wsjf_missing_with({"rank": {"features": 10, "without_wsjf": 1}}, {"settings": {"train/wsjf-missing": {"percent": 5}}})) == 1
