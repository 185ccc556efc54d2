package trackwarden.portfolio_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.portfolio

no_measure(changes) := found if {
	all := portfolio.violation with input as example.feature(object.union({"level": "portfolio", "subject": {"level": "portfolio"}}, changes))
	found := example.said("portfolio/no-measure", all)
}

test_no_measure_there if no_measure({"facts": {"active": true}}) == set()

test_no_measure_none if no_measure({"facts": {"active": true}, "text": {"measure": ""}}) == {{
	"policy": "portfolio/no-measure",
	"evidence": {"measure": "none"},
	"message": "It says what will be better, but not how we shall see it.",
}}

test_no_measure_idea if no_measure({"text": {"measure": ""}}) == set()

test_no_measure_no_hypothesis if no_measure({"facts": {"active": true}, "text": {"measure": "", "hypothesis": ""}}) == set()

test_no_measure_cut if no_measure({"facts": {"active": true}, "text": {"measure": "", "truncated": true}}) == set()

test_no_measure_hostile if count(no_measure({"facts": {"active": true}, "text": {"measure": "", "hypothesis": "%s <script>@all\u0000"}})) == 1
