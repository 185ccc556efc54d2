package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

no_theme(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/no-theme", all)
}

test_no_theme_there if no_theme({"known": {"themes": ["Effortless buying"]}, "subject": {"theme": "Effortless buying"}}) == set()

test_no_theme_none if no_theme({"known": {"themes": ["Effortless buying"]}}) == {{
	"policy": "feature/no-theme",
	"evidence": {"theme": "none"},
	"message": "No strategic theme is named.",
}}

test_no_theme_no_themes_known if no_theme({}) == set()

test_no_theme_done if no_theme({"known": {"themes": ["Effortless buying"]}, "facts": {"not_done": false}}) == set()

test_no_theme_active if count(no_theme({"known": {"themes": ["Effortless buying"]}, "facts": {"active": true}})) == 1

test_no_theme_hostile if no_theme({"known": {"themes": ["Effortless buying"]}, "subject": {"theme": "%s <script>@all\u0000"}}) == set()
