package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

owner(subject, facts) := found if {
	active := {"category": "in_progress", "native": "In Progress", "since": "2026-11-20"}
	all := story.violation with input as example.story({
		"subject": object.union({"state": active}, subject),
		"facts": object.union({"active": true, "committed": true}, facts),
	})
	found := example.said("story/no-owner", all)
}

test_owner_there if owner({}, {}) == set()

test_owner_missing if owner({"assignee": ""}, {}) == {{
	"policy": "story/no-owner",
	"evidence": {"state": "In Progress", "since": "2026-11-20"},
	"message": "In Progress since 20 Nov 2026, nobody is assigned.",
}}

# In the active iteration and not begun: nobody needs to own it yet.
test_owner_not_begun if owner({"assignee": ""}, {"active": false}) == set()

test_owner_done if owner({"assignee": ""}, {"active": false, "not_done": false}) == set()

test_owner_since_unknown if {
	some v in owner({"assignee": "", "state": {"since": ""}}, {})
	v.message == "In Progress, nobody is assigned."
}

test_owner_hostile_state if {
	some v in owner({"assignee": "", "state": {"native": "%!d(string=x)\n@all", "since": "2026-11-20"}}, {})
	v.message == "%!d(string=x)\n@all since 20 Nov 2026, nobody is assigned."
}
