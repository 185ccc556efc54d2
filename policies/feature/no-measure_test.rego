package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

no_measure(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/no-measure", all)
}

test_no_measure_there if no_measure({}) == set()

test_no_measure_none if no_measure({"text": {"measure": ""}}) == {{
	"policy": "feature/no-measure",
	"evidence": {"measure": "none"},
	"message": "It says what will be better, but not how we shall see it.",
}}

test_no_measure_no_hypothesis if no_measure({"text": {"measure": "", "hypothesis": ""}}) == set()

test_no_measure_done if no_measure({"text": {"measure": ""}, "facts": {"not_done": false}}) == set()

test_no_measure_cut if no_measure({"text": {"measure": "", "truncated": true}}) == set()

test_no_measure_hostile if count(no_measure({"text": {"measure": "", "hypothesis": "%s <script>@all\u0000"}})) == 1
