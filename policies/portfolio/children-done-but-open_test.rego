package trackwarden.portfolio_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.portfolio

children_done_but_open(changes) := found if {
	all := portfolio.violation with input as example.feature(object.union({"level": "portfolio", "subject": {"level": "portfolio"}}, changes))
	found := example.said("portfolio/children-done-but-open", all)
}

test_children_done_but_open_open_child if children_done_but_open({}) == set()

test_children_done_but_open_all_done if children_done_but_open({"children": [object.union(example.summary, {"state": {"category": "done"}})]}) == {{
	"policy": "portfolio/children-done-but-open",
	"evidence": {"children": "all closed"},
	"message": "1 Story under it, all closed.",
}}

test_children_done_but_open_one_of_two if children_done_but_open({"children": [object.union(example.summary, {"state": {"category": "done"}}), example.summary]}) == set()

test_children_done_but_open_all_removed if children_done_but_open({"children": [object.union(example.summary, {"state": {"category": "removed"}})]}) == set()

test_children_done_but_open_none if children_done_but_open({"children": []}) == set()

test_children_done_but_open_not_all_known if children_done_but_open({"facts": {"children_known": false}, "children": [object.union(example.summary, {"state": {"category": "done"}})]}) == set()
