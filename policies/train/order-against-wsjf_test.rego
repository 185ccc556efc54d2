package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

order_against_wsjf(set) := order_against_wsjf_with(set, {"settings": {"train/order-against-wsjf": {"places": 3}}})

order_against_wsjf_with(set, changes) := found if {
	all := train.violation with input as sets.train(set, changes)
	found := example.said("train/order-against-wsjf", all)
}

test_order_against_wsjf_none if order_against_wsjf({}) == set()

test_order_against_wsjf_inverted if order_against_wsjf({"rank": {"inversions": [sets.inverted(4)]}}) == {{
	"policy": "train/order-against-wsjf",
	"evidence": {"above": "A", "below": "B"},
	"message": "B with WSJF 9 stands 4 places too low, below A with 2.3.",
	"about": ["B", "A"],
}}

test_order_against_wsjf_near if order_against_wsjf({"rank": {"inversions": [sets.inverted(3)]}}) == set()

test_order_against_wsjf_own if count(order_against_wsjf_with({"rank": {"inversions": [sets.inverted(1)]}}, {"settings": {"train/order-against-wsjf": {"places": 0}}})) == 1

test_order_against_wsjf_not_scored if order_against_wsjf({"rank": {"features": 9, "without_wsjf": 9}}) == set()

test_order_against_wsjf_two if count(order_against_wsjf({"rank": {"inversions": [sets.inverted(4), object.union(sets.inverted(5), {"below": object.union(example.summary, {"id": "C"})})]}})) == 2
