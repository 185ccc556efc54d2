package trackwarden.increment_test

import data.trackwarden.increment
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

all_committed(set) := all_committed_with(set, {"settings": {"increment/all-committed": {"least": 5}}})

all_committed_with(set, changes) := found if {
	all := increment.violation with input as sets.increment(set, changes)
	found := example.said("increment/all-committed", all)
}

test_all_committed_few if all_committed({}) == set()

test_all_committed_all if all_committed({"increments": {"judged": sets.planned({"objectives": [sets.objective({}), sets.objective({}), sets.objective({}), sets.objective({}), sets.objective({})]})}}) == {{
	"policy": "increment/all-committed",
	"evidence": {"committed": "all"},
	"message": "All 5 objectives of PI 26.4 are committed.",
}}

test_all_committed_one_is_not if all_committed({"increments": {"judged": sets.planned({"objectives": [sets.objective({}), sets.objective({}), sets.objective({}), sets.objective({}), sets.objective({"committed": false})]})}}) == set()

test_all_committed_past if all_committed({"increments": {"judged": sets.planned({"state": "past", "objectives": [sets.objective({}), sets.objective({}), sets.objective({}), sets.objective({}), sets.objective({})]})}}) == set()

test_all_committed_none if all_committed({"increments": {"judged": sets.planned({"objectives": []})}}) == set()

test_all_committed_own if count(all_committed_with({}, {"settings": {"increment/all-committed": {"least": 1}}})) == 1
