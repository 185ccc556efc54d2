package trackwarden.increment_test

import data.trackwarden.increment
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

scope_changed(set) := scope_changed_with(set, {"settings": {"increment/scope-changed": {"percent": 20}}})

scope_changed_with(set, changes) := found if {
	all := increment.violation with input as sets.increment(set, changes)
	found := example.said("increment/scope-changed", all)
}

test_scope_changed_unchanged if scope_changed({}) == set()

test_scope_changed_changed if scope_changed({"increments": {"judged": sets.planned({"baseline": {"features": 10}, "changes": {"added_all": 2, "removed_all": 1, "added": [example.summary]}})}}) == {{
	"policy": "increment/scope-changed",
	"evidence": {"scope": "changed"},
	"message": "2 features were added and 1 taken out since 5 Oct 2026; 10 were planned.",
	"about": ["SHOP-148"],
}}

test_scope_changed_at_the_limit if scope_changed({"increments": {"judged": sets.planned({"baseline": {"features": 10}, "changes": {"added_all": 2}})}}) == set()

test_scope_changed_no_baseline if scope_changed({"increments": {"judged": sets.planned({"baseline": {"features": 0, "frozen": ""}, "changes": {"added_all": 9}})}}) == set()

test_scope_changed_past if scope_changed({"increments": {"judged": sets.planned({"state": "past", "baseline": {"features": 10}, "changes": {"added_all": 9}})}}) == set()

test_scope_changed_own if count(scope_changed_with({"increments": {"judged": sets.planned({"baseline": {"features": 10}, "changes": {"added_all": 1}})}}, {"settings": {"increment/scope-changed": {"percent": 5}}})) == 1
