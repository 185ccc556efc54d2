package trackwarden.portfolio_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.portfolio

no_owner(changes) := found if {
	all := portfolio.violation with input as example.feature(object.union({"level": "portfolio", "subject": {"level": "portfolio"}}, changes))
	found := example.said("portfolio/no-owner", all)
}

test_no_owner_assigned if no_owner({"facts": {"active": true}}) == set()

test_no_owner_nobody if no_owner({"facts": {"active": true}, "subject": {"assignee": "", "state": {"native": "Implementing", "since": "2026-11-20"}}}) == {{
	"policy": "portfolio/no-owner",
	"evidence": {"assignee": "none", "since": "2026-11-20"},
	"message": "Implementing since 20 Nov 2026, and assigned to nobody.",
}}

test_no_owner_not_begun if no_owner({"subject": {"assignee": ""}}) == set()

test_no_owner_done if no_owner({"facts": {"not_done": false}, "subject": {"assignee": ""}}) == set()

test_no_owner_unknown_date if count(no_owner({"facts": {"active": true}, "subject": {"assignee": "", "state": {"since": ""}}})) == 1

test_no_owner_hostile if count(no_owner({"facts": {"active": true}, "subject": {"assignee": "", "state": {"native": "%s <script>@all\u0000"}}})) == 1
