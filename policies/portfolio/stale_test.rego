package trackwarden.portfolio_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.portfolio

stale(changes) := found if {
	all := portfolio.violation with input as example.feature(object.union({"settings": {"portfolio/stale": {"days": 365}}}, object.union({"level": "portfolio", "subject": {"level": "portfolio"}}, changes)))
	found := example.said("portfolio/stale", all)
}

test_stale_fresh if stale({}) == set()

test_stale_a_day_before if stale({"facts": {"idle_days": 364}}) == set()

test_stale_at_the_limit if stale({"facts": {"idle_days": 365, "last_activity": "2025-11-24"}}) == {{
	"policy": "portfolio/stale",
	"evidence": {"last_activity": "2025-11-24"},
	"message": "Nobody has touched it since 24 Nov 2025.",
}}

test_stale_own_limit if count(stale({"facts": {"idle_days": 30}, "settings": {"portfolio/stale": {"days": 30}}})) == 1

test_stale_active if stale({"facts": {"idle_days": 500, "active": true}}) == set()

test_stale_done if stale({"facts": {"idle_days": 500, "not_done": false}}) == set()
