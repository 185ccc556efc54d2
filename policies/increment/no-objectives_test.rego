package trackwarden.increment_test

import data.trackwarden.increment
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

no_objectives(set) := no_objectives_with(set, {"settings": {"increment/no-objectives": {"days": 0}}})

no_objectives_with(set, changes) := found if {
	all := increment.violation with input as sets.increment(set, changes)
	found := example.said("increment/no-objectives", all)
}

test_no_objectives_there if no_objectives({}) == set()

test_no_objectives_none if no_objectives({"increments": {"judged": sets.planned({"objectives": []})}}) == {{
	"policy": "increment/no-objectives",
	"evidence": {"objectives": "none"},
	"message": "PI 26.4 has no objectives.",
}}

test_no_objectives_far if no_objectives({"increments": {"judged": sets.planned({"objectives": [], "state": "future", "starts_in_days": 1})}}) == set()

test_no_objectives_past if no_objectives({"increments": {"judged": sets.planned({"objectives": [], "state": "past", "starts_in_days": -100})}}) == set()

test_no_objectives_own if count(no_objectives_with({"increments": {"judged": sets.planned({"objectives": [], "state": "future", "starts_in_days": 7})}}, {"settings": {"increment/no-objectives": {"days": 7}}})) == 1

test_no_objectives_first_day if count(no_objectives({"increments": {"judged": sets.planned({"objectives": [], "starts_in_days": 0})}})) == 1
