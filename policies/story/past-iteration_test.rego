package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_past_iteration := example.story({
	"subject": {
		"iteration": {
			"name": "Sprint 47",
			"state": "past",
			"start": "2026-11-02",
			"end": "2026-11-15",
		},
	},
})

said_past_iteration(changes) := found if {
	all := story.violation with input as object.union(healthy_past_iteration, changes)
	found := example.said("story/past-iteration", all)
}

test_past_iteration_over if said_past_iteration({}) == {{
	"policy": "story/past-iteration",
	"evidence": {"iteration": "Sprint 47"},
	"message": "Its iteration Sprint 47 ended on 15 Nov 2026.",
}}

test_past_iteration_running if said_past_iteration({"subject": {"iteration": {"state": "active"}}}) == set()

test_past_iteration_ahead if said_past_iteration({"subject": {"iteration": {"state": "future"}}}) == set()

# As in every Kanban team.
test_past_iteration_none if {
	said_past_iteration({"subject": {"iteration": {"name": "", "state": "", "start": "", "end": ""}}}) == set()
}

test_past_iteration_active if count(said_past_iteration({"facts": {"active": true, "committed": true}})) == 1

test_past_iteration_done if said_past_iteration({"facts": {"not_done": false}}) == set()

test_past_iteration_hostile_name if {
	some v in said_past_iteration({"subject": {"iteration": {"name": "%s<b>"}}})
	v.message == "Its iteration %s<b> ended on 15 Nov 2026."
}
