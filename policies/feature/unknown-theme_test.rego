package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

unknown_theme(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/unknown-theme", all)
}

test_unknown_theme_known if unknown_theme({"known": {"themes": ["Effortless buying"]}, "subject": {"theme": "effortless BUYING"}}) == set()

test_unknown_theme_unknown if unknown_theme({"known": {"themes": ["Effortless buying"]}, "subject": {"theme": "Growth"}}) == {{
	"policy": "feature/unknown-theme",
	"evidence": {"theme": "Growth"},
	"message": "\"Growth\" is none of the strategic themes.",
}}

test_unknown_theme_none if unknown_theme({"known": {"themes": ["Effortless buying"]}}) == set()

test_unknown_theme_no_themes_known if unknown_theme({"subject": {"theme": "Growth"}}) == set()

test_unknown_theme_done if unknown_theme({"known": {"themes": ["Effortless buying"]}, "subject": {"theme": "Growth"}, "facts": {"not_done": false}}) == set()

test_unknown_theme_hostile if count(unknown_theme({"known": {"themes": ["Effortless buying"]}, "subject": {"theme": "%s <script>@all\u0000"}})) == 1
