package trackwarden.portfolio_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.portfolio

no_children(changes) := found if {
	all := portfolio.violation with input as example.feature(object.union({"level": "portfolio", "subject": {"level": "portfolio"}}, changes))
	found := example.said("portfolio/no-children", all)
}

test_no_children_children if no_children({"facts": {"active": true}}) == set()

test_no_children_none if no_children({"facts": {"active": true}, "children": [], "subject": {"state": {"native": "Implementing"}}}) == {{
	"policy": "portfolio/no-children",
	"evidence": {"children": "none"},
	"message": "It is in Implementing, and nothing is under it.",
}}

test_no_children_not_begun if no_children({"children": []}) == set()

test_no_children_not_all_known if no_children({"facts": {"active": true, "children_known": false}, "children": []}) == set()

test_no_children_done if no_children({"facts": {"not_done": false}, "children": []}) == set()

test_no_children_hostile if count(no_children({"facts": {"active": true}, "children": [], "subject": {"state": {"native": "%s <script>@all\u0000"}}})) == 1
