package trackwarden.portfolio_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.portfolio

long_running(changes) := found if {
	all := portfolio.violation with input as example.feature(object.union({"settings": {"portfolio/long-running": {"days": 365}}}, object.union({"level": "portfolio", "subject": {"level": "portfolio"}}, changes)))
	found := example.said("portfolio/long-running", all)
}

test_long_running_short if long_running({"facts": {"active": true, "state_days": 100}}) == set()

test_long_running_long if long_running({"facts": {"active": true, "state_days": 365}, "subject": {"state": {"native": "Implementing", "since": "2025-11-24"}}}) == {{
	"policy": "portfolio/long-running",
	"evidence": {"since": "2025-11-24"},
	"message": "Implementing since 24 Nov 2025.",
}}

test_long_running_a_day_before if long_running({"facts": {"active": true, "state_days": 364}}) == set()

test_long_running_not_active if long_running({"facts": {"state_days": 900}}) == set()

test_long_running_unknown if example.said("portfolio/long-running", portfolio.violation) == set() with input as {"facts": {"active": true}, "subject": {"state": {}}}

test_long_running_hostile if count(long_running({"facts": {"active": true, "state_days": 365}, "subject": {"state": {"native": "%s <script>@all\u0000"}}})) == 1
