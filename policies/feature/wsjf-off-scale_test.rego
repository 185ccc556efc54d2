package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

wsjf_off_scale(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/wsjf-off-scale": {"scale": [1, 2, 3, 5, 8, 13, 20]}}}, changes))
	found := example.said("feature/wsjf-off-scale", all)
}

test_wsjf_off_scale_none if wsjf_off_scale({}) == set()

test_wsjf_off_scale_on if wsjf_off_scale({"subject": {"wsjf": {"value": 20, "criticality": 1, "risk": 2, "size": 13}}}) == set()

test_wsjf_off_scale_off if wsjf_off_scale({"subject": {"wsjf": {"value": 8, "size": 40}}}) == {{
	"policy": "feature/wsjf-off-scale",
	"evidence": {"off": {"size": 40}},
	"message": "Not on the scale: size 40.",
}}

test_wsjf_off_scale_two if wsjf_off_scale({"subject": {"wsjf": {"value": 4, "size": 40}}}) == {{
	"policy": "feature/wsjf-off-scale",
	"evidence": {"off": {"size": 40, "value": 4}},
	"message": "Not on the scale: size 40 and value 4.",
}}

test_wsjf_off_scale_own_scale if wsjf_off_scale({"subject": {"wsjf": {"size": 40}}, "settings": {"feature/wsjf-off-scale": {"scale": [40]}}}) == set()

test_wsjf_off_scale_done if wsjf_off_scale({"subject": {"wsjf": {"size": 40}}, "facts": {"not_done": false}}) == set()
