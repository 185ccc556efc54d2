package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

investment_off_target(set) := investment_off_target_with(set, {"settings": {"train/investment-off-target": {"points": 10}}})

investment_off_target_with(set, changes) := found if {
	all := train.violation with input as sets.train(set, changes)
	found := example.said("train/investment-off-target", all)
}

test_investment_off_target_no_targets if investment_off_target({}) == set()

test_investment_off_target_low if investment_off_target({"investment": [{"kind": "enabler", "theme": "", "share": 40}]}) == {{
	"policy": "train/investment-off-target",
	"evidence": {"kind": "enabler", "theme": "", "share": "low"},
	"message": "enabler: 20 % of what is planned, and 40 % are wanted.",
}}

test_investment_off_target_near if investment_off_target({"investment": [{"kind": "enabler", "theme": "", "share": 30}]}) == set()

test_investment_off_target_theme if investment_off_target({"investment": [{"kind": "", "theme": "Effortless buying", "share": 50}]}) == {{
	"policy": "train/investment-off-target",
	"evidence": {"kind": "", "theme": "Effortless buying", "share": "high"},
	"message": "Effortless buying: 100 % of what is planned, and 50 % are wanted.",
}}

test_investment_off_target_nothing_planned if investment_off_target({"investment": [{"kind": "enabler", "theme": "", "share": 40}], "mix": {"planned": {"all": {"items": 0, "points": 0}}}}) == set()

test_investment_off_target_by_items if count(investment_off_target({"investment": [{"kind": "bug", "theme": "", "share": 60}], "mix": {"planned": {"all": {"items": 10, "points": 0}}}})) == 1

test_investment_off_target_own if count(investment_off_target_with({"investment": [{"kind": "enabler", "theme": "", "share": 22}]}, {"settings": {"train/investment-off-target": {"points": 1}}})) == 1
