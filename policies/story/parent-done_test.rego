package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_parent_done := example.story({
	"parent": object.union(
		example.summary,
		{
			"key": "SHOP-100",
			"level": "feature",
			"type": "Epic",
			"state": {"category": "in_progress", "native": "Implementing"},
		},
	),
})

said_parent_done(changes) := found if {
	all := story.violation with input as object.union(healthy_parent_done, changes)
	found := example.said("story/parent-done", all)
}

test_parent_done_parent_open if said_parent_done({}) == set()

test_parent_done_parent_done if said_parent_done({"parent": {"state": {"category": "done", "native": "Released"}}}) == {{
	"policy": "story/parent-done",
	"evidence": {"parent": "SHOP-100", "parent_state": "done"},
	"message": "Its parent SHOP-100 is Released.",
	"about": ["SHOP-100"],
}}

test_parent_done_parent_removed if count(said_parent_done({"parent": {"state": {"category": "removed", "native": "Removed"}}})) == 1

test_parent_done_in_progress if said_parent_done({"parent": {"state": {"category": "done"}}, "facts": {"active": true}}) == set()

test_parent_done_bug if {
	said_parent_done({"parent": {"state": {"category": "done"}}, "subject": {"item_kind": "bug"}}) == set()
}

test_parent_done_done if {
	said_parent_done({"parent": {"state": {"category": "done"}}, "facts": {"not_done": false}}) == set()
}

test_parent_done_unreadable_parent if said_parent_done({"parent": null, "parent_ref": "unreadable"}) == set()

test_parent_done_state_unknown if said_parent_done({"parent": {"state": {"category": ""}}}) == set()

test_parent_done_hostile if {
	some v in said_parent_done({"parent": {"key": "%s", "state": {"category": "done", "native": "<b>@all"}}})
	v.message == "Its parent %s is <b>@all."
}
