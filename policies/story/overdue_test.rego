package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_overdue := example.story({"subject": {"due": "2026-11-20"}, "facts": {"due_in_days": -4}})

said_overdue(changes) := found if {
	all := story.violation with input as object.union(healthy_overdue, changes)
	found := example.said("story/overdue", all)
}

said_overdue_without(path, changes) := found if {
	given := json.patch(object.union(healthy_overdue, changes), [{"op": "remove", "path": path}])
	all := story.violation with input as given
	found := example.said("story/overdue", all)
}

test_overdue_past if said_overdue({}) == {{
	"policy": "story/overdue",
	"evidence": {"due": "2026-11-20"},
	"message": "It was due on 20 Nov 2026, and is To Do.",
}}

test_overdue_today if said_overdue({"subject": {"due": "2026-11-24"}, "facts": {"due_in_days": 0}}) == set()

test_overdue_yesterday if count(said_overdue({"subject": {"due": "2026-11-23"}, "facts": {"due_in_days": -1}})) == 1

test_overdue_ahead if said_overdue({"subject": {"due": "2026-12-24"}, "facts": {"due_in_days": 30}}) == set()

test_overdue_no_due_date if said_overdue_without("/facts/due_in_days", {}) == set()

test_overdue_active if count(said_overdue({"facts": {"active": true, "committed": true}})) == 1

test_overdue_done if said_overdue({"facts": {"not_done": false}}) == set()

test_overdue_hostile_state if {
	some v in said_overdue({"subject": {"state": {"native": "%s<b>"}}})
	v.message == "It was due on 20 Nov 2026, and is %s<b>."
}
