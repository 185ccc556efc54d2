package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

blocker_planned_later(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/blocker-planned-later", all)
}

test_blocker_planned_later_none if blocker_planned_later({}) == set()

test_blocker_planned_later_later if blocker_planned_later({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment_start": "2026-12-14"})}]}) == {{
	"policy": "feature/blocker-planned-later",
	"evidence": {"later": ["PLAT-88"]},
	"message": "It is planned for PI 26.4, and what it waits for is planned for later: PLAT-88.",
	"about": ["PLAT-88"],
}}

test_blocker_planned_later_same if blocker_planned_later({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment_start": "2026-10-05"})}]}) == set()

test_blocker_planned_later_earlier if blocker_planned_later({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment_start": "2026-07-01"})}]}) == set()

test_blocker_planned_later_done_blocker if blocker_planned_later({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment_start": "2026-12-14", "state": {"category": "done"}})}]}) == set()

test_blocker_planned_later_unplanned_feature if blocker_planned_later({"links": [{"type": "blocks", "direction": "inward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment_start": "2026-12-14"})}], "increment": {"name": "", "start": "", "end": ""}}) == set()

test_blocker_planned_later_unknown_item if blocker_planned_later({"links": [{"type": "blocks", "direction": "inward", "item": null}]}) == set()

test_blocker_planned_later_the_other_way if blocker_planned_later({"links": [{"type": "blocks", "direction": "outward", "item": object.union(example.summary, {"key": "PLAT-88", "level": "feature", "team": "Platform", "increment_start": "2026-12-14"})}]}) == set()
