package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

status_not_updated(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/status-not-updated": {"days": 14}}}, changes))
	found := example.said("feature/status-not-updated", all)
}

test_status_not_updated_fresh if status_not_updated({"facts": {"active": true}}) == set()

test_status_not_updated_silent if status_not_updated({"facts": {"active": true, "idle_days": 14, "last_activity": "2026-11-10"}, "subject": {"state": {"native": "Doing"}}}) == {{
	"policy": "feature/status-not-updated",
	"evidence": {"last_activity": "2026-11-10"},
	"message": "It is in Doing; nothing has been written on it since 10 Nov 2026.",
}}

test_status_not_updated_a_day_before if status_not_updated({"facts": {"active": true, "idle_days": 13}}) == set()

test_status_not_updated_not_active if status_not_updated({"facts": {"idle_days": 100}}) == set()

test_status_not_updated_own_limit if count(status_not_updated({"facts": {"active": true, "idle_days": 7}, "settings": {"feature/status-not-updated": {"days": 7}}})) == 1

test_status_not_updated_hostile if count(status_not_updated({"facts": {"active": true, "idle_days": 100}, "subject": {"state": {"native": "%s <script>@all\u0000"}}})) == 1
