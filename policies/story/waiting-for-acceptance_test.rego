package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_waiting_for_acceptance := object.union(
	example.story({
		"facts": {"active": true, "committed": true, "state_days": 9},
		"subject": {
			"state": {
				"category": "in_progress",
				"native": "Ready for Acceptance",
				"since": "2026-11-15",
			},
		},
	}),
	{
		"settings": {
			"story/waiting-for-acceptance": {
				"days": 7,
				"states": [
					"acceptance",
					"in acceptance",
					"ready for acceptance",
					"waiting for acceptance",
					"uat",
					"resolved",
					"abnahme",
				],
			},
		},
	},
)

said_waiting_for_acceptance(changes) := found if {
	all := story.violation with input as object.union(healthy_waiting_for_acceptance, changes)
	found := example.said("story/waiting-for-acceptance", all)
}

said_waiting_for_acceptance_without(path, changes) := found if {
	given := json.patch(object.union(healthy_waiting_for_acceptance, changes), [{"op": "remove", "path": path}])
	all := story.violation with input as given
	found := example.said("story/waiting-for-acceptance", all)
}

test_waiting_for_acceptance_waiting if said_waiting_for_acceptance({}) == {{
	"policy": "story/waiting-for-acceptance",
	"evidence": {"state": "Ready for Acceptance", "since": "2026-11-15"},
	"message": "Ready for Acceptance since 15 Nov 2026.",
}}

test_waiting_for_acceptance_at_the_limit if count(said_waiting_for_acceptance({"facts": {"state_days": 7}})) == 1

test_waiting_for_acceptance_a_day_before if said_waiting_for_acceptance({"facts": {"state_days": 6}}) == set()

test_waiting_for_acceptance_another_state if said_waiting_for_acceptance({"subject": {"state": {"native": "In Progress"}}}) == set()

test_waiting_for_acceptance_since_unknown if said_waiting_for_acceptance_without("/facts/state_days", {}) == set()

test_waiting_for_acceptance_done if said_waiting_for_acceptance({"facts": {"not_done": false}}) == set()

test_waiting_for_acceptance_hostile_state if {
	some v in said_waiting_for_acceptance({
		"subject": {"state": {"native": "%s<b>"}},
		"settings": {"story/waiting-for-acceptance": {"states": ["%s<b>"]}},
	})
	v.message == "%s<b> since 15 Nov 2026."
}
