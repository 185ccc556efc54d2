package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

dependency_unplanned(set) := dependency_unplanned_with(set, {})

dependency_unplanned_with(set, changes) := found if {
	all := train.violation with input as sets.train(set, changes)
	found := example.said("train/dependency-unplanned", all)
}

test_dependency_unplanned_none if dependency_unplanned({}) == set()

test_dependency_unplanned_unplanned if dependency_unplanned({"dependencies": [sets.tied({"order": "unplanned", "unplanned": "from", "by": ""})]}) == {{
	"policy": "train/dependency-unplanned",
	"evidence": {"from": "P", "to": "S"},
	"message": "SHOP-8 is planned and waits for PLAT-7, which is not.",
	"about": ["SHOP-8", "PLAT-7"],
}}

test_dependency_unplanned_who_waits_is_not_planned if dependency_unplanned({"dependencies": [sets.tied({"order": "unplanned", "unplanned": "to"})]}) == set()

test_dependency_unplanned_neither if dependency_unplanned({"dependencies": [sets.tied({"order": "unplanned", "unplanned": "both"})]}) == set()

test_dependency_unplanned_in_time if dependency_unplanned({"dependencies": [sets.tied({"order": "before"})]}) == set()

test_dependency_unplanned_two if count(dependency_unplanned({"dependencies": [sets.tied({"order": "unplanned", "unplanned": "from"}), sets.tied({"order": "unplanned", "unplanned": "from", "to": object.union(example.summary, {"id": "T"})})]})) == 2
