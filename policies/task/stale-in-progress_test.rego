package trackwarden.task_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.task

healthy_stale_in_progress := object.union(
	example.story({
		"level": "task",
		"facts": {
			"active": true,
			"committed": true,
			"idle_days": 20,
			"last_activity": "2026-11-04",
		},
		"subject": {
			"type": "Sub-task",
			"level": "task",
			"state": {"category": "in_progress", "native": "In Progress"},
		},
	}),
	{"settings": {"task/stale-in-progress": {"days": 14}}},
)

said_stale_in_progress(changes) := found if {
	all := task.violation with input as object.union(healthy_stale_in_progress, changes)
	found := example.said("task/stale-in-progress", all)
}

test_stale_in_progress_touched if said_stale_in_progress({"facts": {"idle_days": 1}}) == set()

test_stale_in_progress_untouched if said_stale_in_progress({}) == {{
	"policy": "task/stale-in-progress",
	"evidence": {"last_activity": "2026-11-04"},
	"message": "It is In Progress, and nobody has touched it since 4 Nov 2026.",
}}

test_stale_in_progress_at_the_limit if count(said_stale_in_progress({"facts": {"idle_days": 14}})) == 1

test_stale_in_progress_a_day_before if said_stale_in_progress({"facts": {"idle_days": 13}}) == set()

test_stale_in_progress_not_begun if said_stale_in_progress({"facts": {"active": false}}) == set()

test_stale_in_progress_date_unknown if {
	some v in said_stale_in_progress({"facts": {"last_activity": ""}})
	v.message == "It is In Progress, and nobody has touched it."
}

test_stale_in_progress_hostile_state if {
	some v in said_stale_in_progress({"subject": {"state": {"native": "%s<b>"}}})
	v.message == "It is %s<b>, and nobody has touched it since 4 Nov 2026."
}
