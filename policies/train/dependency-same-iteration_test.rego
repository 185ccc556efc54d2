package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

dependency_same_iteration(set) := dependency_same_iteration_with(set, {"settings": {"train/dependency-same-iteration": {"by": ["iteration"]}}})

dependency_same_iteration_with(set, changes) := found if {
	all := train.violation with input as sets.train(set, changes)
	found := example.said("train/dependency-same-iteration", all)
}

test_dependency_same_iteration_none if dependency_same_iteration({}) == set()

test_dependency_same_iteration_same if dependency_same_iteration({"dependencies": [sets.tied({"order": "same"})]}) == {{
	"policy": "train/dependency-same-iteration",
	"evidence": {"from": "P", "to": "S"},
	"message": "SHOP-8 waits for PLAT-7, planned for the same iteration.",
	"about": ["SHOP-8", "PLAT-7"],
}}

test_dependency_same_iteration_later if dependency_same_iteration({"dependencies": [sets.tied({"order": "after"})]}) == set()

test_dependency_same_iteration_earlier if dependency_same_iteration({"dependencies": [sets.tied({"order": "before"})]}) == set()

test_dependency_same_iteration_by_increment if dependency_same_iteration({"dependencies": [sets.tied({"order": "same", "by": "increment"})]}) == set()

test_dependency_same_iteration_own if count(dependency_same_iteration_with({"dependencies": [sets.tied({"order": "same", "by": "increment"})]}, {"settings": {"train/dependency-same-iteration": {"by": ["increment"]}}})) == 1
