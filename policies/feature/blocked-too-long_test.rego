package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

blocked_too_long(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/blocked-too-long": {"words": ["blocked", "impediment", "on hold", "blockiert"], "days": 14}}}, changes))
	found := example.said("feature/blocked-too-long", all)
}

test_blocked_too_long_not_blocked if blocked_too_long({"facts": {"idle_days": 100}}) == set()

test_blocked_too_long_label if blocked_too_long({"subject": {"labels": ["Blocked"]}, "facts": {"idle_days": 14, "last_activity": "2026-11-10"}}) == {{
	"policy": "feature/blocked-too-long",
	"evidence": {"blocked": true, "last_activity": "2026-11-10"},
	"message": "It is marked as blocked, and nothing has happened since 10 Nov 2026.",
}}

test_blocked_too_long_state if count(blocked_too_long({"subject": {"state": {"native": "Blocked"}}, "facts": {"idle_days": 14}})) == 1

test_blocked_too_long_a_day_before if blocked_too_long({"subject": {"labels": ["blocked"]}, "facts": {"idle_days": 13}}) == set()

test_blocked_too_long_done if blocked_too_long({"subject": {"labels": ["blocked"]}, "facts": {"idle_days": 14, "not_done": false}}) == set()

test_blocked_too_long_hostile if blocked_too_long({"subject": {"labels": ["%s <script>@all\u0000"]}, "facts": {"idle_days": 14}}) == set()
