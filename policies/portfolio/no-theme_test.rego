package trackwarden.portfolio_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.portfolio

no_theme(changes) := found if {
	all := portfolio.violation with input as example.feature(object.union({"level": "portfolio", "subject": {"level": "portfolio"}}, changes))
	found := example.said("portfolio/no-theme", all)
}

test_no_theme_there if no_theme({"facts": {"active": true}, "known": {"themes": ["Effortless buying"]}, "subject": {"theme": "Effortless buying"}}) == set()

test_no_theme_none if no_theme({"facts": {"active": true}, "known": {"themes": ["Effortless buying"]}}) == {{
	"policy": "portfolio/no-theme",
	"evidence": {"theme": "none"},
	"message": "No strategic theme is named.",
}}

test_no_theme_no_themes_known if no_theme({"facts": {"active": true}}) == set()

test_no_theme_idea if no_theme({"known": {"themes": ["Effortless buying"]}}) == set()

test_no_theme_done if no_theme({"known": {"themes": ["Effortless buying"]}, "facts": {"not_done": false}}) == set()

test_no_theme_hostile if no_theme({"facts": {"active": true}, "known": {"themes": ["Effortless buying"]}, "subject": {"theme": "%s <script>@all\u0000"}}) == set()
