package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

order_against_features(set) := order_against_features_with(set, {"settings": {"team/order-against-features": {"most": 5}}})

order_against_features_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/order-against-features", all)
}

test_order_against_features_healthy if order_against_features({}) == set()

test_order_against_features_inverted if order_against_features({"rank": {"children": [sets.ranked("A", "B")]}}) == {{
	"policy": "team/order-against-features",
	"evidence": {"above": "A", "below": "B"},
	"message": "A stands above B, but its feature F-2 below F-1.",
	"about": ["A", "B"],
}}

test_order_against_features_two if count(order_against_features({"rank": {"children": [sets.ranked("A", "B"), sets.ranked("C", "D")]}})) == 2

test_order_against_features_bounded if count(order_against_features_with({"rank": {"children": [sets.ranked("A", "B"), sets.ranked("C", "D")]}}, {"settings": {"team/order-against-features": {"most": 1}}})) == 1

test_order_against_features_none_at_all if count(order_against_features_with({"rank": {"children": [sets.ranked("A", "B")]}}, {"settings": {"team/order-against-features": {"most": 0}}})) == 0

test_order_against_features_hostile if count(order_against_features({"rank": {"children": [sets.ranked("%s", "<b>")]}})) == 1
