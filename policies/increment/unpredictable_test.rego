package trackwarden.increment_test

import data.trackwarden.increment
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

unpredictable(set) := unpredictable_with(set, {"settings": {"increment/unpredictable": {"percent": 80}}})

unpredictable_with(set, changes) := found if {
	all := increment.violation with input as sets.increment(set, changes)
	found := example.said("increment/unpredictable", all)
}

test_unpredictable_running if unpredictable({}) == set()

test_unpredictable_low if unpredictable({"increments": {"judged": sets.planned({"state": "past", "predictability": {"evaluated": true, "planned": 20, "actual": 15, "percent": 75}})}}) == {{
	"policy": "increment/unpredictable",
	"evidence": {"predictability": "low"},
	"message": "PI 26.4 brought 15 of 20 points of planned value: 75 %.",
}}

test_unpredictable_at_the_limit if unpredictable({"increments": {"judged": sets.planned({"state": "past", "predictability": {"evaluated": true, "planned": 20, "actual": 16, "percent": 80}})}}) == set()

test_unpredictable_more_than_promised if unpredictable({"increments": {"judged": sets.planned({"state": "past", "predictability": {"evaluated": true, "planned": 20, "actual": 26, "percent": 130}})}}) == set()

test_unpredictable_not_evaluated if unpredictable({"increments": {"judged": sets.planned({"state": "past", "predictability": {"evaluated": false, "planned": 20, "actual": 0}})}}) == set()

test_unpredictable_own if count(unpredictable_with({"increments": {"judged": sets.planned({"state": "past", "predictability": {"evaluated": true, "planned": 20, "actual": 18, "percent": 90}})}}, {"settings": {"increment/unpredictable": {"percent": 95}}})) == 1
