package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

no_acceptance_criteria(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/no-acceptance-criteria", all)
}

test_no_acceptance_criteria_there if no_acceptance_criteria({}) == set()

test_no_acceptance_criteria_none if no_acceptance_criteria({"text": {"criteria": []}}) == {{
	"policy": "feature/no-acceptance-criteria",
	"evidence": {"acceptance_criteria": "none"},
	"message": "The field is empty and there is no such heading.",
}}

test_no_acceptance_criteria_done if no_acceptance_criteria({"text": {"criteria": []}, "facts": {"not_done": false}}) == set()

test_no_acceptance_criteria_cut if no_acceptance_criteria({"text": {"criteria": [], "truncated": true}}) == set()

test_no_acceptance_criteria_active if count(no_acceptance_criteria({"text": {"criteria": []}, "facts": {"active": true}})) == 1

test_no_acceptance_criteria_hostile if no_acceptance_criteria({"text": {"criteria": ["%s <script>@all\u0000"]}}) == set()
