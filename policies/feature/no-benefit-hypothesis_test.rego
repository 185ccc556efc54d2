package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

hypothesis(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/no-benefit-hypothesis", all)
}

test_hypothesis_there if hypothesis({}) == set()

test_hypothesis_missing if hypothesis({"text": {"hypothesis": ""}}) == {{
	"policy": "feature/no-benefit-hypothesis",
	"evidence": {"benefit_hypothesis": "none"},
	"message": "The field is empty and there is no such heading.",
}}

test_hypothesis_without_a_measure if hypothesis({"text": {"measure": ""}}) == set()

test_hypothesis_of_an_enabler if {
	count(hypothesis({"text": {"hypothesis": ""}, "subject": {"item_kind": "enabler"}})) == 1
}

test_hypothesis_cut_text if hypothesis({"text": {"hypothesis": "", "truncated": true}}) == set()

test_hypothesis_done if hypothesis({"text": {"hypothesis": ""}, "facts": {"not_done": false}}) == set()

test_hypothesis_hostile if hypothesis({"text": {"hypothesis": "]]>{{.}}\u202e"}}) == set()
