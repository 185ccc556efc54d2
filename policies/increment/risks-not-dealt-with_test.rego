package trackwarden.increment_test

import data.trackwarden.increment
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

risks_not_dealt_with(set) := risks_not_dealt_with_with(set, {})

risks_not_dealt_with_with(set, changes) := found if {
	all := increment.violation with input as sets.increment(set, changes)
	found := example.said("increment/risks-not-dealt-with", all)
}

test_risks_not_dealt_with_none if risks_not_dealt_with({}) == set()

test_risks_not_dealt_with_left if risks_not_dealt_with({"risks": [sets.risk("", "")]}) == {{
	"policy": "increment/risks-not-dealt-with",
	"evidence": {"risk": "The card provider changes"},
	"message": "The risk \"The card provider changes\" was not dealt with.",
}}

test_risks_not_dealt_with_owned if risks_not_dealt_with({"risks": [sets.risk("owned", "olga")]}) == set()

test_risks_not_dealt_with_resolved if risks_not_dealt_with({"risks": [sets.risk("resolved", "")]}) == set()

test_risks_not_dealt_with_not_begun if risks_not_dealt_with({"risks": [sets.risk("", "")], "increments": {"judged": sets.planned({"state": "future"})}}) == set()

test_risks_not_dealt_with_hostile if count(risks_not_dealt_with({"risks": [object.union(sets.risk("", ""), {"title": "%s <b>"})]})) == 1
