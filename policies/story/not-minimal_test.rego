package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_not_minimal := example.story({})

said_not_minimal(changes) := found if {
	all := story.violation with input as object.union(healthy_not_minimal, changes)
	found := example.said("story/not-minimal", all)
}

test_not_minimal_nothing_more if said_not_minimal({}) == set()

test_not_minimal_brackets if said_not_minimal({"text": {"story": {"brackets": true}}}) == {{
	"policy": "story/not-minimal",
	"evidence": {"brackets": true, "extra": ""},
	"message": "Something in the user story stands in brackets.",
}}

test_not_minimal_extra if said_not_minimal({"text": {"story": {"extra": "Also refunds."}}}) == {{
	"policy": "story/not-minimal",
	"evidence": {"brackets": false, "extra": "Also refunds."},
	"message": "The user story goes on behind its end.",
}}

test_not_minimal_both if count(said_not_minimal({"text": {"story": {"brackets": true, "extra": "Also (refunds)."}}})) == 1

test_not_minimal_no_story_at_all if said_not_minimal({"text": {"story": {"language": "", "sentence": ""}}}) == set()

test_not_minimal_bug if said_not_minimal({"text": {"story": {"brackets": true}}, "subject": {"item_kind": "bug"}}) == set()

test_not_minimal_enabler if said_not_minimal({"text": {"story": {"brackets": true}}, "subject": {"item_kind": "enabler"}}) == set()

test_not_minimal_done if said_not_minimal({"text": {"story": {"brackets": true}}, "facts": {"not_done": false}}) == set()

test_not_minimal_hostile if said_not_minimal({"text": {"story": {"extra": "%s <script>@all"}}}) == {{
	"policy": "story/not-minimal",
	"evidence": {"brackets": false, "extra": "%s <script>@all"},
	"message": "The user story goes on behind its end.",
}}
