package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

circle(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/dependency-cycle", all)
}

test_circle_none if circle({"facts": {"cycle": []}}) == set()

test_circle_of_two if circle({"facts": {"cycle": ["PLAT-88", "SHOP-147"]}}) == {{
	"policy": "feature/dependency-cycle",
	"evidence": {"cycle": ["PLAT-88", "SHOP-147"], "size": 2},
	"message": "PLAT-88 and SHOP-147 wait for each other.",
	"about": ["PLAT-88", "SHOP-147"],
}}

test_circle_of_one if {
	some v in circle({"facts": {"cycle": ["SHOP-147"]}})
	v.message == "SHOP-147 waits for itself."
}

test_circle_of_active_work if {
	count(circle({"facts": {"cycle": ["A-1", "A-2"], "active": true, "committed": true}})) == 1
}

test_circle_done if circle({"facts": {"cycle": ["A-1", "A-2"], "not_done": false}}) == set()

test_circle_hostile_keys if {
	some v in circle({"facts": {"cycle": ["%s", "<b>"]}})
	v.message == "%s and <b> wait for each other."
}
