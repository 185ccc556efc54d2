package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_spike_open_ended := json.patch(
	example.story({
		"subject": {
			"item_kind": "spike",
			"iteration": {"name": "", "state": "", "start": "", "end": ""},
		},
	}),
	[{"op": "remove", "path": "/subject/points"}],
)

said_spike_open_ended(changes) := found if {
	all := story.violation with input as object.union(healthy_spike_open_ended, changes)
	found := example.said("story/spike-open-ended", all)
}

test_spike_open_ended_no_end if said_spike_open_ended({}) == {{
	"policy": "story/spike-open-ended",
	"evidence": {"limit": "none"},
	"message": "It has no estimate, no due date and no iteration.",
}}

test_spike_open_ended_estimate if said_spike_open_ended({"subject": {"points": 2}}) == set()

test_spike_open_ended_due_date if said_spike_open_ended({"subject": {"due": "2026-12-01"}}) == set()

test_spike_open_ended_iteration if said_spike_open_ended({"subject": {"iteration": {"name": "Sprint 49"}}}) == set()

test_spike_open_ended_no_spike if said_spike_open_ended({"subject": {"item_kind": "enabler"}}) == set()

test_spike_open_ended_done if said_spike_open_ended({"facts": {"not_done": false}}) == set()

test_spike_open_ended_hostile_title if count(said_spike_open_ended({"subject": {"title": "%s <script>"}})) == 1
