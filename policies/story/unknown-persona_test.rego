package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_unknown_persona := example.story({"known": {"personas": ["Busy parent", "Gift finder"]}})

said_unknown_persona(changes) := found if {
	all := story.violation with input as object.union(healthy_unknown_persona, changes)
	found := example.said("story/unknown-persona", all)
}

test_unknown_persona_known if said_unknown_persona({}) == set()

test_unknown_persona_unknown if said_unknown_persona({"subject": {"persona": "Parents"}}) == {{
	"policy": "story/unknown-persona",
	"evidence": {"persona": "Parents"},
	"message": "Its persona is Parents; that is none of those that are known.",
}}

test_unknown_persona_small_letters if said_unknown_persona({"subject": {"persona": "busy PARENT"}}) == set()

test_unknown_persona_none_named if said_unknown_persona({"subject": {"persona": "Parents"}, "known": {"personas": []}}) == set()

test_unknown_persona_no_persona if said_unknown_persona({"subject": {"persona": ""}}) == set()

test_unknown_persona_done if said_unknown_persona({"subject": {"persona": "Parents"}, "facts": {"not_done": false}}) == set()

test_unknown_persona_hostile if {
	some v in said_unknown_persona({"subject": {"persona": "%s<b>"}})
	v.message == "Its persona is %s<b>; that is none of those that are known."
}
