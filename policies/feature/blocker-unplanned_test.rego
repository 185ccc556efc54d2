package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

blocker_unplanned(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/blocker-unplanned", all)
}

test_blocker_unplanned_none if blocker_unplanned({}) == set()

test_blocker_unplanned_unplanned if blocker_unplanned({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment": ""})}]}) == {{
	"policy": "feature/blocker-unplanned",
	"evidence": {"unplanned": ["PLAT-88"]},
	"message": "It is planned for PI 26.4, and what it waits for is not planned: PLAT-88.",
	"about": ["PLAT-88"],
}}

test_blocker_unplanned_planned if blocker_unplanned({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment": "PI 26.4"})}]}) == set()

test_blocker_unplanned_feature_unplanned if blocker_unplanned({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment": ""})}], "increment": {"name": ""}}) == set()

test_blocker_unplanned_of_nobody_we_know if blocker_unplanned({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"team": "", "increment": ""})}]}) == set()

test_blocker_unplanned_done_blocker if blocker_unplanned({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment": "", "state": {"category": "removed"}})}]}) == set()
