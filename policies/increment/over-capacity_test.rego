package trackwarden.increment_test

import data.trackwarden.increment
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

over_capacity(set) := over_capacity_with(set, {"settings": {"increment/over-capacity": {"percent": 100}}})

over_capacity_with(set, changes) := found if {
	all := increment.violation with input as sets.increment(set, changes)
	found := example.said("increment/over-capacity", all)
}

test_over_capacity_fits if over_capacity({}) == set()

test_over_capacity_over if over_capacity({"increments": {"judged": sets.planned({"stories": {"points": 140}})}}) == {{
	"policy": "increment/over-capacity",
	"evidence": {"capacity": "exceeded"},
	"message": "PI 26.4 holds 140 points; the capacity is 130.",
}}

test_over_capacity_exactly if over_capacity({"increments": {"judged": sets.planned({"stories": {"points": 130}})}}) == set()

test_over_capacity_past if over_capacity({"increments": {"judged": sets.planned({"stories": {"points": 140}, "state": "past"})}}) == set()

test_over_capacity_no_capacity if {
	bare := json.patch(sets.increment({"increments": {"judged": sets.planned({"stories": {"points": 999}})}}, {"settings": {"increment/over-capacity": {"percent": 100}}}), [{"op": "remove", "path": "/set/increments/judged/capacity"}])
	all := increment.violation with input as bare
	example.said("increment/over-capacity", all) == set()
}

test_over_capacity_own if count(over_capacity_with({"increments": {"judged": sets.planned({"stories": {"points": 120}})}}, {"settings": {"increment/over-capacity": {"percent": 80}}})) == 1
