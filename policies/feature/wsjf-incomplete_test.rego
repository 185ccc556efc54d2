package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

wsjf_incomplete(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/wsjf-incomplete", all)
}

test_wsjf_incomplete_complete if wsjf_incomplete({"subject": {"wsjf": {"value": 8, "criticality": 5, "risk": 2, "size": 3}}}) == set()

test_wsjf_incomplete_none if wsjf_incomplete({}) == {{
	"policy": "feature/wsjf-incomplete",
	"evidence": {"missing": ["value", "criticality", "risk", "size"]},
	"message": "Not set: value, criticality, risk and size.",
}}

test_wsjf_incomplete_one if wsjf_incomplete({"subject": {"wsjf": {"value": 8, "criticality": 5, "risk": 2}}}) == {{
	"policy": "feature/wsjf-incomplete",
	"evidence": {"missing": ["size"]},
	"message": "Not set: size.",
}}

# Zero is a value.
test_wsjf_incomplete_zero if wsjf_incomplete({"subject": {"wsjf": {"value": 8, "criticality": 0, "risk": 0, "size": 3}}}) == set()

test_wsjf_incomplete_done if wsjf_incomplete({"facts": {"not_done": false}}) == set()

test_wsjf_incomplete_hostile if count(wsjf_incomplete({"subject": {"title": "%s <script>@all\u0000"}})) == 1
