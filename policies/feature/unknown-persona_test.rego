package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

unknown_persona(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/unknown-persona", all)
}

test_unknown_persona_known if unknown_persona({"known": {"personas": ["busy parent"]}}) == set()

test_unknown_persona_unknown if unknown_persona({"known": {"personas": ["Night owl"]}}) == {{
	"policy": "feature/unknown-persona",
	"evidence": {"persona": "Busy parent"},
	"message": "\"Busy parent\" is none of the personas.",
}}

test_unknown_persona_none if unknown_persona({"known": {"personas": ["Night owl"]}, "subject": {"persona": ""}}) == set()

test_unknown_persona_no_personas_known if unknown_persona({}) == set()

test_unknown_persona_done if unknown_persona({"known": {"personas": ["Night owl"]}, "facts": {"not_done": false}}) == set()

test_unknown_persona_hostile if count(unknown_persona({"known": {"personas": ["Night owl"]}, "subject": {"persona": "%s <script>@all\u0000"}})) == 1
