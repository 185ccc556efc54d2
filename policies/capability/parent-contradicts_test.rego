package trackwarden.capability_test

import data.trackwarden.capability
import data.trackwarden.lib.example_test as example

parent_contradicts(changes) := found if {
	all := capability.violation with input as example.feature(object.union({"level": "capability", "subject": {"level": "capability"}}, changes))
	found := example.said("capability/parent-contradicts", all)
}

test_parent_contradicts_no_parent if parent_contradicts({"facts": {"active": true}}) == set()

test_parent_contradicts_both_active if parent_contradicts({"facts": {"active": true}, "parent": object.union(example.summary, {"state": {"category": "in_progress"}})}) == set()

test_parent_contradicts_parent_not_begun if parent_contradicts({"facts": {"active": true}, "subject": {"state": {"category": "in_progress", "native": "Doing"}}, "parent": example.summary}) == {{
	"policy": "capability/parent-contradicts",
	"evidence": {"state": "in_progress", "parent": "SHOP-148", "parent_state": "todo"},
	"message": "It is in Doing, and SHOP-148 above it is in To Do.",
	"about": ["SHOP-148"],
}}

test_parent_contradicts_parent_closed if count(parent_contradicts({"facts": {"active": true}, "parent": object.union(example.summary, {"state": {"category": "done"}})})) == 1

test_parent_contradicts_not_begun if parent_contradicts({"parent": object.union(example.summary, {"state": {"category": "done"}})}) == set()

test_parent_contradicts_unknown_state if parent_contradicts({"facts": {"active": true}, "parent": object.union(example.summary, {"state": {"category": ""}})}) == set()
