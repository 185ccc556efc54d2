package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

dependency_circle(set) := dependency_circle_with(set, {})

dependency_circle_with(set, changes) := found if {
	all := train.violation with input as sets.train(set, changes)
	found := example.said("train/dependency-circle", all)
}

test_dependency_circle_none if dependency_circle({}) == set()

test_dependency_circle_circle if dependency_circle({"cycles": [{"keys": ["PLAT-88", "SHOP-147"]}]}) == {{
	"policy": "train/dependency-circle",
	"evidence": {"cycle": ["PLAT-88", "SHOP-147"]},
	"message": "PLAT-88 and SHOP-147 wait for each other.",
	"about": ["PLAT-88", "SHOP-147"],
}}

test_dependency_circle_two if count(dependency_circle({"cycles": [{"keys": ["A", "B"]}, {"keys": ["C", "D"]}]})) == 2

test_dependency_circle_itself if dependency_circle({"cycles": [{"keys": ["A"]}]}) == set()

test_dependency_circle_long if count(dependency_circle({"cycles": [{"keys": ["A", "B", "C", "D", "E", "F", "G"]}]})) == 1

test_dependency_circle_hostile if count(dependency_circle({"cycles": [{"keys": ["%s", "<b>"]}]})) == 1
