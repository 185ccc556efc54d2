package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_generic_role := example.story({"settings": {"story/generic-role": {"ignore": [], "also": []}}})

said_generic_role(changes) := found if {
	all := story.violation with input as object.union(healthy_generic_role, changes)
	found := example.said("story/generic-role", all)
}

test_generic_role_somebody if said_generic_role({}) == set()

test_generic_role_user if said_generic_role({"text": {"role": "user", "story": {"generic_role": true}}}) == {{
	"policy": "story/generic-role",
	"evidence": {"role": "user"},
	"message": `"user" may be anybody.`,
}}

test_generic_role_let_be if said_generic_role({"text": {"role": "System", "story": {"generic_role": true}}, "settings": {"story/generic-role": {"ignore": ["system"]}}}) == set()

test_generic_role_own_word if said_generic_role({"text": {"role": "Customer", "story": {"generic_role": false}}, "settings": {"story/generic-role": {"also": ["customer"]}}}) == {{
	"policy": "story/generic-role",
	"evidence": {"role": "Customer"},
	"message": `"Customer" may be anybody.`,
}}

test_generic_role_own_word_in_a_longer_role if said_generic_role({"text": {"role": "Customer of the bank", "story": {"generic_role": false}}, "settings": {"story/generic-role": {"also": ["customer"]}}}) == set()

test_generic_role_no_role if said_generic_role({"text": {"role": "", "story": {"generic_role": false}}}) == set()

test_generic_role_bug if said_generic_role({"text": {"story": {"generic_role": true}}, "subject": {"item_kind": "bug"}}) == set()

test_generic_role_enabler if said_generic_role({"text": {"story": {"generic_role": true}}, "subject": {"item_kind": "enabler"}}) == set()

test_generic_role_done if said_generic_role({"text": {"story": {"generic_role": true}}, "facts": {"not_done": false}}) == set()

test_generic_role_hostile if said_generic_role({"text": {"role": "%s <b>@all", "story": {"generic_role": true}}}) == {{
	"policy": "story/generic-role",
	"evidence": {"role": "%s <b>@all"},
	"message": `"%s <b>@all" may be anybody.`,
}}
