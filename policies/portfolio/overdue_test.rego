package trackwarden.portfolio_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.portfolio

overdue(changes) := found if {
	all := portfolio.violation with input as example.feature(object.union({"level": "portfolio", "subject": {"level": "portfolio"}}, changes))
	found := example.said("portfolio/overdue", all)
}

test_overdue_no_date if overdue({}) == set()

test_overdue_past if overdue({"facts": {"due_in_days": -1}, "subject": {"due": "2026-11-23"}}) == {{
	"policy": "portfolio/overdue",
	"evidence": {"due": "2026-11-23"},
	"message": "It was due on 23 Nov 2026.",
}}

test_overdue_today if overdue({"facts": {"due_in_days": 0}, "subject": {"due": "2026-11-24"}}) == set()

test_overdue_ahead if overdue({"facts": {"due_in_days": 5}}) == set()

test_overdue_done if overdue({"facts": {"due_in_days": -1, "not_done": false}}) == set()

test_overdue_hostile if count(overdue({"facts": {"due_in_days": -1}, "subject": {"due": "%s <script>@all\u0000"}})) == 1
