package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

long_running(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/long-running": {"days": 84}}}, changes))
	found := example.said("feature/long-running", all)
}

test_long_running_short if long_running({"facts": {"active": true, "state_days": 20}}) == set()

test_long_running_long if long_running({"facts": {"active": true, "state_days": 84}, "subject": {"state": {"native": "Doing", "since": "2026-09-01"}}}) == {{
	"policy": "feature/long-running",
	"evidence": {"since": "2026-09-01"},
	"message": "Doing since 1 Sep 2026.",
}}

test_long_running_a_day_before if long_running({"facts": {"active": true, "state_days": 83}}) == set()

test_long_running_not_active if long_running({"facts": {"state_days": 300}}) == set()

test_long_running_unknown if example.said("feature/long-running", feature.violation) == set() with input as {"facts": {"active": true}, "subject": {"state": {}}}

test_long_running_hostile if count(long_running({"facts": {"active": true, "state_days": 84}, "subject": {"state": {"native": "%s <script>@all\u0000"}}})) == 1
