package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

no_owner(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/no-owner", all)
}

test_no_owner_assigned if no_owner({"facts": {"active": true}}) == set()

test_no_owner_nobody if no_owner({"facts": {"active": true}, "subject": {"assignee": "", "state": {"native": "Doing", "since": "2026-11-20"}}}) == {{
	"policy": "feature/no-owner",
	"evidence": {"assignee": "none", "since": "2026-11-20"},
	"message": "Doing since 20 Nov 2026, and assigned to nobody.",
}}

test_no_owner_not_begun if no_owner({"subject": {"assignee": ""}}) == set()

test_no_owner_done if no_owner({"facts": {"not_done": false}, "subject": {"assignee": ""}}) == set()

test_no_owner_unknown_date if no_owner({"facts": {"active": true}, "subject": {"assignee": "", "state": {"native": "Doing", "since": ""}}}) == {{
	"policy": "feature/no-owner",
	"evidence": {"assignee": "none", "since": ""},
	"message": "Doing, and assigned to nobody.",
}}

test_no_owner_hostile if count(no_owner({"facts": {"active": true}, "subject": {"assignee": "", "state": {"native": "%s <script>@all\u0000"}}})) == 1
