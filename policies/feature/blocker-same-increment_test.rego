package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

blocker_same_increment(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/blocker-same-increment", all)
}

test_blocker_same_increment_none if blocker_same_increment({}) == set()

test_blocker_same_increment_same if blocker_same_increment({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment_start": "2026-10-05"})}]}) == {{
	"policy": "feature/blocker-same-increment",
	"evidence": {"same": ["PLAT-88"]},
	"message": "It waits for PLAT-88, planned for the same increment by another team.",
	"about": ["PLAT-88"],
}}

test_blocker_same_increment_earlier if blocker_same_increment({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment_start": "2026-07-01"})}]}) == set()

test_blocker_same_increment_own_team if blocker_same_increment({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment_start": "2026-10-05"})}], "team": {"name": "Platform"}}) == set()

test_blocker_same_increment_unknown_team if blocker_same_increment({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"team": "", "increment_start": "2026-10-05"})}]}) == set()

test_blocker_same_increment_done_blocker if blocker_same_increment({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment_start": "2026-10-05", "state": {"category": "done"}})}]}) == set()
