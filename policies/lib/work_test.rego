package trackwarden.lib.work_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.lib.work

active := {"name": "Sprint 48", "state": "active"}

test_state if work.state == "To Do since 1 Nov 2026" with input as example.story({})

test_state_without_a_date if work.state == "To Do" with input as example.story({"subject": {"state": {"since": ""}}})

test_place_is_the_active_iteration if {
	work.place == "In the active Sprint 48" with input as example.story({"subject": {"iteration": active}})
}

test_place_is_the_state if work.place == "To Do since 1 Nov 2026" with input as example.story({})
