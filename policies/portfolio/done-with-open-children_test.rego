package trackwarden.portfolio_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.portfolio

done_with_open_children(changes) := found if {
	all := portfolio.violation with input as example.feature(object.union({"level": "portfolio", "subject": {"level": "portfolio"}}, changes))
	found := example.said("portfolio/done-with-open-children", all)
}

test_done_with_open_children_open_epic if done_with_open_children({}) == set()

test_done_with_open_children_open_child if done_with_open_children({"subject": {"state": {"category": "done"}}, "facts": {"not_done": false}}) == {{
	"policy": "portfolio/done-with-open-children",
	"evidence": {"open": ["SHOP-148"]},
	"message": "Still open under it: SHOP-148.",
	"about": ["SHOP-148"],
}}

test_done_with_open_children_all_done if done_with_open_children({"subject": {"state": {"category": "done"}}, "children": [object.union(example.summary, {"state": {"category": "done"}})]}) == set()

test_done_with_open_children_removed if done_with_open_children({"subject": {"state": {"category": "removed"}}}) == set()

test_done_with_open_children_no_children if done_with_open_children({"subject": {"state": {"category": "done"}}, "children": []}) == set()

test_done_with_open_children_hostile if count(done_with_open_children({"subject": {"state": {"category": "done"}}, "children": [object.union(example.summary, {"key": "%s <script>@all\u0000"})]})) == 1
