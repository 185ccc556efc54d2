package trackwarden.train_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.train

tie(changes) := object.union(
	{
		"from": sets.item({"id": "jira:1/7", "key": "PLAT-7", "team": "Platform"}),
		"to": sets.item({"id": "jira:1/8", "key": "SHOP-8", "team": "Checkout"}),
		"cross": "team", "order": "after", "by": "iteration", "ready": "2026-12-13", "needed": "2026-11-16", "unplanned": "",
	},
	changes,
)

late(ties) := example.said("train/dependency-later-than-needed", all) if {
	all := train.violation with input as sets.train({"dependencies": ties}, {})
}

test_dependency_later_none if late([]) == set()

test_dependency_later_found if {
	late([tie({})]) == {{
		"policy": "train/dependency-later-than-needed",
		"evidence": {"from": "jira:1/7", "to": "jira:1/8"},
		"message": "SHOP-8 waits for PLAT-7, which is planned for a later iteration: it starts on 16 Nov 2026, and PLAT-7 is planned until 13 Dec 2026.",
		"about": ["SHOP-8", "PLAT-7"],
	}}
}

test_dependency_later_by_increment if {
	some v in late([tie({"by": "increment"})])
	contains(v.message, "for a later increment")
}

test_dependency_later_not_the_same if late([tie({"order": "same"})]) == set()

test_dependency_later_not_in_time if late([tie({"order": "before"})]) == set()

test_dependency_later_not_unplanned if late([tie({"order": "unplanned", "unplanned": "to", "by": "", "ready": "", "needed": ""})]) == set()

test_dependency_later_each_once if count(late([tie({}), tie({"to": sets.item({"id": "jira:1/9", "key": "SHOP-9"})})])) == 2

# Moving the dates does not make another finding.
test_dependency_later_stable_evidence if {
	{v.evidence | some v in late([tie({})])} == {v.evidence | some v in late([tie({"needed": "2026-11-20"})])}
}

test_dependency_later_hostile_key if {
	some v in late([tie({"to": sets.item({"id": "x", "key": "%s %d <b>"})})])
	startswith(v.message, "%s %d <b> waits for PLAT-7")
}
