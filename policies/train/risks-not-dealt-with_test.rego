package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

risks_not_dealt_with(set) := risks_not_dealt_with_with(set, {})

risks_not_dealt_with_with(set, changes) := found if {
	all := train.violation with input as sets.train(set, changes)
	found := example.said("train/risks-not-dealt-with", all)
}

test_risks_not_dealt_with_none if risks_not_dealt_with({}) == set()

test_risks_not_dealt_with_left if risks_not_dealt_with({"risks": [sets.risk("", "")]}) == {{
	"policy": "train/risks-not-dealt-with",
	"evidence": {"risk": "The card provider changes"},
	"message": "The risk \"The card provider changes\" was not dealt with.",
}}

test_risks_not_dealt_with_owned_by_nobody if risks_not_dealt_with({"risks": [sets.risk("owned", "")]}) == {{
	"policy": "train/risks-not-dealt-with",
	"evidence": {"risk": "The card provider changes", "owner": "none"},
	"message": "The risk \"The card provider changes\" is owned by nobody.",
}}

test_risks_not_dealt_with_owned if risks_not_dealt_with({"risks": [sets.risk("owned", "olga")]}) == set()

test_risks_not_dealt_with_accepted if risks_not_dealt_with({"risks": [sets.risk("accepted", "")]}) == set()

test_risks_not_dealt_with_hostile if count(risks_not_dealt_with({"risks": [object.union(sets.risk("", ""), {"title": "%s <b>"})]})) == 1
