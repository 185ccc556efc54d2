package trackwarden.portfolio_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.portfolio

no_benefit_hypothesis(changes) := found if {
	all := portfolio.violation with input as example.feature(object.union({"level": "portfolio", "subject": {"level": "portfolio"}}, changes))
	found := example.said("portfolio/no-benefit-hypothesis", all)
}

test_no_benefit_hypothesis_there if no_benefit_hypothesis({"facts": {"active": true}}) == set()

test_no_benefit_hypothesis_none if no_benefit_hypothesis({"facts": {"active": true}, "text": {"hypothesis": ""}}) == {{
	"policy": "portfolio/no-benefit-hypothesis",
	"evidence": {"benefit_hypothesis": "none"},
	"message": "The field is empty and there is no such heading.",
}}

test_no_benefit_hypothesis_idea if no_benefit_hypothesis({"text": {"hypothesis": ""}}) == set()

test_no_benefit_hypothesis_cut if no_benefit_hypothesis({"facts": {"active": true}, "text": {"hypothesis": "", "truncated": true}}) == set()

test_no_benefit_hypothesis_done if no_benefit_hypothesis({"facts": {"not_done": false}, "text": {"hypothesis": ""}}) == set()

test_no_benefit_hypothesis_hostile if no_benefit_hypothesis({"facts": {"active": true}, "text": {"hypothesis": "%s <script>@all\u0000"}}) == set()
