package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_not_estimated_soon := object.union(
	json.patch(example.story({}), [{"op": "remove", "path": "/subject/points"}]),
	{
		"settings": {
			"story/not-estimated-soon": {
				"days": 14,
				"except_kinds": ["bug", "spike", "chore"],
			},
		},
	},
)

said_not_estimated_soon(changes) := found if {
	all := story.violation with input as object.union(healthy_not_estimated_soon, changes)
	found := example.said("story/not-estimated-soon", all)
}

said_not_estimated_soon_without(path, changes) := found if {
	given := json.patch(object.union(healthy_not_estimated_soon, changes), [{"op": "remove", "path": path}])
	all := story.violation with input as given
	found := example.said("story/not-estimated-soon", all)
}

test_not_estimated_soon_estimated if said_not_estimated_soon({"subject": {"points": 3}}) == set()

test_not_estimated_soon_missing if said_not_estimated_soon({}) == {{
	"policy": "story/not-estimated-soon",
	"evidence": {"points": "none", "iteration": "Sprint 49"},
	"message": "It is planned for Sprint 49 from 30 Nov 2026 on, and has no estimate.",
}}

test_not_estimated_soon_on_the_first_day_of_asking if count(said_not_estimated_soon({"facts": {"iteration_in_days": 14}})) == 1

test_not_estimated_soon_a_day_before if said_not_estimated_soon({"facts": {"iteration_in_days": 15}}) == set()

# As in every Kanban team.
test_not_estimated_soon_no_iteration if said_not_estimated_soon({"subject": {"iteration": {"name": "", "state": "", "start": ""}}}) == set()

test_not_estimated_soon_days_unknown if said_not_estimated_soon_without("/facts/iteration_in_days", {}) == set()

test_not_estimated_soon_spike if said_not_estimated_soon({"subject": {"item_kind": "spike"}}) == set()

test_not_estimated_soon_done if said_not_estimated_soon({"facts": {"not_done": false}}) == set()

test_not_estimated_soon_hostile_iteration if {
	some v in said_not_estimated_soon({"subject": {"iteration": {"name": "%v@all"}}})
	v.message == "It is planned for %v@all from 30 Nov 2026 on, and has no estimate."
}
