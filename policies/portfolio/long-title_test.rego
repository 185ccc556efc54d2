package trackwarden.portfolio_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.portfolio

long_title(changes) := found if {
	all := portfolio.violation with input as example.feature(object.union({"settings": {"portfolio/long-title": {"words": 10}}}, object.union({"level": "portfolio", "subject": {"level": "portfolio"}}, changes)))
	found := example.said("portfolio/long-title", all)
}

test_long_title_short if long_title({}) == set()

test_long_title_long if long_title({"subject": {"title": "one two three four five six seven eight nine ten eleven"}}) == {{
	"policy": "portfolio/long-title",
	"evidence": {"title": "too long"},
	"message": "The title has 11 words.",
}}

test_long_title_at_the_limit if long_title({"subject": {"title": "one two three  four five six seven eight nine ten "}}) == set()

test_long_title_own_limit if count(long_title({"settings": {"portfolio/long-title": {"words": 1}}})) == 1

test_long_title_done if long_title({"subject": {"title": "one two three four five six seven eight nine ten eleven"}, "facts": {"not_done": false}}) == set()

test_long_title_hostile if long_title({"subject": {"title": "%s <script>@all\u0000"}}) == set()
