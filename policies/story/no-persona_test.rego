package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_no_persona := example.story({"subject": {"persona": ""}, "text": {"role": ""}})

said_no_persona(changes) := found if {
	all := story.violation with input as object.union(healthy_no_persona, changes)
	found := example.said("story/no-persona", all)
}

test_no_persona_nobody if said_no_persona({}) == {{
	"policy": "story/no-persona",
	"evidence": {"persona": "none"},
	"message": "It names nobody for whom it is done.",
}}

test_no_persona_persona if said_no_persona({"subject": {"persona": "Busy parent"}}) == set()

test_no_persona_role_in_the_text if said_no_persona({"text": {"role": "busy parent"}}) == set()

test_no_persona_kinds_that_need_none[one] if {
	some one in ["enabler", "bug", "spike", "chore"]
	said_no_persona({"subject": {"item_kind": one}}) == set()
}

test_no_persona_done if said_no_persona({"facts": {"not_done": false}}) == set()

test_no_persona_cut_text if said_no_persona({"text": {"truncated": true}}) == set()

test_no_persona_hostile if said_no_persona({"subject": {"persona": "%s <script>"}}) == set()
