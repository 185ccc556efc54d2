package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_state_requirements := object.union(
	{"settings": {"story/state-requirements": {"states": []}}},
	example.story({
		"settings": {
			"story/state-requirements": {
				"states": ["Ready: acceptance_criteria, points", "Doing: assignee"],
			},
		},
		"subject": {
			"state": {"native": "Ready"},
			"filled": ["acceptance_criteria", "points"],
		},
	}),
)

said_state_requirements(changes) := found if {
	all := story.violation with input as object.union(healthy_state_requirements, changes)
	found := example.said("story/state-requirements", all)
}

test_state_requirements_all_there if said_state_requirements({}) == set()

test_state_requirements_one_missing if said_state_requirements({"subject": {"filled": ["points"]}}) == {{
	"policy": "story/state-requirements",
	"evidence": {"state": "Ready", "field": "acceptance_criteria"},
	"message": "Ready asks for acceptance criteria, and that is empty.",
}}

test_state_requirements_two_missing if count(said_state_requirements({"subject": {"filled": []}})) == 2

test_state_requirements_another_state if said_state_requirements({"subject": {"filled": [], "state": {"native": "To Do"}}}) == set()

test_state_requirements_a_third_state if count(said_state_requirements({"subject": {"filled": [], "state": {"native": "DOING"}}})) == 1

test_state_requirements_no_states_in_the_settings if {
	said_state_requirements({"subject": {"filled": []}, "settings": {"story/state-requirements": {"states": []}}}) == set()
}

test_state_requirements_done if said_state_requirements({"subject": {"filled": []}, "facts": {"not_done": false}}) == set()

# What was cut off may be what is asked for.
test_state_requirements_cut_text if said_state_requirements({"subject": {"filled": []}, "text": {"truncated": true}}) == set()

test_state_requirements_hostile_state if {
	some v in said_state_requirements({
		"subject": {"filled": [], "state": {"native": "%s<b>"}},
		"settings": {"story/state-requirements": {"states": ["%s<b>: due"]}},
	})
	v.message == "%s<b> asks for due, and that is empty."
}
