package trackwarden.increment_test

import data.trackwarden.increment
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

not_evaluated(set) := not_evaluated_with(set, {"settings": {"increment/not-evaluated": {"days": 14}}})

not_evaluated_with(set, changes) := found if {
	all := increment.violation with input as sets.increment(set, changes)
	found := example.said("increment/not-evaluated", all)
}

test_not_evaluated_running if not_evaluated({}) == set()

test_not_evaluated_missing if not_evaluated({"increments": {"judged": sets.planned({"state": "past", "ends_in_days": -14})}}) == {{
	"policy": "increment/not-evaluated",
	"evidence": {"evaluated": "no"},
	"message": "PI 26.4 ended on 13 Dec 2026; without actual value: Guests can pay.",
}}

test_not_evaluated_too_early if not_evaluated({"increments": {"judged": sets.planned({"state": "past", "ends_in_days": -13})}}) == set()

test_not_evaluated_given if not_evaluated({"increments": {"judged": sets.planned({"state": "past", "ends_in_days": -14, "objectives": [sets.objective({"actual": 0})]})}}) == set()

test_not_evaluated_stretch if not_evaluated({"increments": {"judged": sets.planned({"state": "past", "ends_in_days": -14, "objectives": [sets.objective({"committed": false})]})}}) == set()

test_not_evaluated_none if not_evaluated({"increments": {"judged": sets.planned({"state": "past", "ends_in_days": -14, "objectives": []})}}) == set()
