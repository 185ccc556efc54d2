package trackwarden.lib.waits_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.lib.waits

blocks(direction, changes) := {"type": "blocks", "direction": direction, "item": object.union(example.summary, changes)}

keys(links) := found if {
	blockers := waits.blockers with input as example.story({"links": links})
	found := {b.key | some b in blockers}
}

test_nothing if keys([]) == set()

test_an_open_blocker if keys([blocks("inward", {"key": "PLAT-88"})]) == {"PLAT-88"}

test_a_finished_blocker if keys([blocks("inward", {"state": {"category": "done"}})]) == set()

test_a_removed_blocker if keys([blocks("inward", {"state": {"category": "removed"}})]) == set()

test_an_unknown_blocker if keys([{"type": "blocks", "direction": "inward", "item": null}]) == set()

test_another_link if keys([object.union(blocks("inward", {}), {"type": "relates"})]) == set()

test_what_it_blocks if {
	keys([blocks("outward", {})]) == set()
	blocked := waits.blocked with input as example.story({"links": [blocks("outward", {})]})
	blocked == {{"key": "SHOP-148", "priority": "High"}}
}

planned(iteration, increment) := {"iteration": iteration, "increment": increment}

none := {"name": "", "state": "", "end": ""}

later(blocker, changes) := name if {
	name := waits.later(blocker) with input as example.story(changes)
}

this_increment := {"name": "PI 26.4", "start": "2026-10-05"}

test_a_later_iteration if {
	later(planned({"name": "Sprint 50", "state": "future", "end": "2026-12-20"}, this_increment), {}) == "Sprint 50"
}

test_the_same_iteration_is_not_later if {
	not later(planned(example.sprint, this_increment), {})
}

test_a_later_increment if {
	later(planned(none, {"name": "PI 27.1", "start": "2026-12-14"}), {}) == "PI 27.1"
}

test_the_same_increment_is_not_later if not later(planned(none, this_increment), {})

# This item is in no iteration: only increments can be compared.
test_no_iteration_of_its_own if {
	none_here := {"subject": {"iteration": object.union(none, {"start": ""})}}
	not later(planned(example.sprint, this_increment), none_here)
	later(planned(none, {"name": "PI 27.1", "start": "2026-12-14"}), none_here) == "PI 27.1"
}

test_no_increment_of_its_own if {
	not later(planned(none, {"name": "PI 27.1", "start": "2026-12-14"}), {"increment": {"name": "", "start": "", "end": ""}})
}

together(end) if {
	waits.together(planned({"name": "S", "state": "future", "end": end}, this_increment)) with input as example.story({})
}

test_on_the_first_day if together("2026-11-30")

test_on_the_last_day if together("2026-12-13")

test_the_day_before if not together("2026-11-29")

test_the_day_after if not together("2026-12-14")

test_unscheduled if not together("")
