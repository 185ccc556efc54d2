package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

next_increment_missing(set) := next_increment_missing_with(set, {"settings": {"train/next-increment-missing": {"days": 28}}})

next_increment_missing_with(set, changes) := found if {
	all := train.violation with input as sets.train(set, changes)
	found := example.said("train/next-increment-missing", all)
}

test_next_increment_missing_healthy if next_increment_missing({}) == set()

test_next_increment_missing_missing if next_increment_missing({"increments": {"next": sets.no_increment}}) == {{
	"policy": "train/next-increment-missing",
	"evidence": {"after": "PI 26.4"},
	"message": "PI 26.4 ends on 13 Dec 2026, and no increment comes after it.",
}}

test_next_increment_missing_far if next_increment_missing({"increments": {"current": sets.planned({"ends_in_days": 29}), "next": sets.no_increment}}) == set()

test_next_increment_missing_no_increments if next_increment_missing({"increments": {"current": sets.no_increment, "next": sets.no_increment}}) == set()

test_next_increment_missing_own if count(next_increment_missing_with({"increments": {"current": sets.planned({"ends_in_days": 40}), "next": sets.no_increment}}, {"settings": {"train/next-increment-missing": {"days": 40}}})) == 1

test_next_increment_missing_there if next_increment_missing({"increments": {"current": sets.planned({"ends_in_days": 1})}}) == set()
