package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

orphan(changes) := found if {
	all := story.violation with input as example.story(changes)
	found := example.said("story/orphan", all)
}

test_orphan_with_parent if orphan({"parent": example.summary, "parent_ref": "known"}) == set()

test_orphan_without_parent if orphan({"parent_ref": ""}) == {{
	"policy": "story/orphan",
	"evidence": {"parent": "none"},
	"message": "This Story has no parent.",
}}

# The tracker names a parent that we may not read: the story is no orphan.
test_orphan_unreadable_parent if orphan({"parent": null, "parent_ref": "unreadable"}) == set()

test_orphan_kinds_that_stand_alone[kind] if {
	some kind in ["enabler", "bug", "spike", "chore"]
	orphan({"parent_ref": "", "subject": {"item_kind": kind}}) == set()
}

test_orphan_done if orphan({"parent_ref": "", "facts": {"not_done": false}}) == set()

test_orphan_says_the_trackers_own_type if {
	some v in orphan({"parent_ref": "", "subject": {"type": "Product Backlog Item"}})
	v.message == "This Product Backlog Item has no parent."
}

test_orphan_hostile_type if {
	some v in orphan({"parent_ref": "", "subject": {"type": "%s%d{}"}})
	v.message == "This %s%d{} has no parent."
}
