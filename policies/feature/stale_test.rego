package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

stale(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/stale": {"days": 180}}}, changes))
	found := example.said("feature/stale", all)
}

test_stale_fresh if stale({}) == set()

test_stale_a_day_before if stale({"facts": {"idle_days": 179}}) == set()

test_stale_at_the_limit if stale({"facts": {"idle_days": 180, "last_activity": "2026-05-28"}}) == {{
	"policy": "feature/stale",
	"evidence": {"last_activity": "2026-05-28"},
	"message": "Nobody has touched it since 28 May 2026.",
}}

test_stale_own_limit if count(stale({"facts": {"idle_days": 30}, "settings": {"feature/stale": {"days": 30}}})) == 1

test_stale_active if stale({"facts": {"idle_days": 500, "active": true}}) == set()

test_stale_done if stale({"facts": {"idle_days": 500, "not_done": false}}) == set()

test_stale_unknown_date if stale({"facts": {"idle_days": 500, "last_activity": ""}}) == {{
	"policy": "feature/stale",
	"evidence": {"last_activity": ""},
	"message": "Nobody has touched it.",
}}
