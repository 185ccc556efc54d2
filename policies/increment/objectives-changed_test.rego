package trackwarden.increment_test

import data.trackwarden.increment
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

objectives_changed(set) := objectives_changed_with(set, {})

objectives_changed_with(set, changes) := found if {
	all := increment.violation with input as sets.increment(set, changes)
	found := example.said("increment/objectives-changed", all)
}

test_objectives_changed_unchanged if objectives_changed({}) == set()

test_objectives_changed_changed if objectives_changed({"increments": {"judged": sets.planned({"changes": {"objectives_changed": ["Guests can pay"], "objectives_removed": ["Gifts"]}})}}) == {{
	"policy": "increment/objectives-changed",
	"evidence": {"added": [], "removed": ["Gifts"], "changed": ["Guests can pay"]},
	"message": "Changed since 5 Oct 2026: Gifts and Guests can pay.",
}}

test_objectives_changed_added if count(objectives_changed({"increments": {"judged": sets.planned({"changes": {"objectives_added": ["Gifts"]}})}})) == 1

test_objectives_changed_no_baseline if objectives_changed({"increments": {"judged": sets.planned({"baseline": {"objectives": 0}, "changes": {"objectives_added": ["Gifts"]}})}}) == set()

test_objectives_changed_past if objectives_changed({"increments": {"judged": sets.planned({"state": "past", "changes": {"objectives_added": ["Gifts"]}})}}) == set()

test_objectives_changed_hostile if count(objectives_changed({"increments": {"judged": sets.planned({"changes": {"objectives_added": ["%s <b>"]}})}})) == 1
