package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

acceptance_queue(set) := acceptance_queue_with(set, {"settings": {"team/acceptance-queue": {"states": ["acceptance", "in acceptance", "ready for acceptance", "po review", "uat", "abnahme"], "most": 9}}})

acceptance_queue_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/acceptance-queue", all)
}

test_acceptance_queue_healthy if acceptance_queue({}) == set()

test_acceptance_queue_queue if acceptance_queue({"states": [sets.queue("Acceptance", 10)]}) == {{
	"policy": "team/acceptance-queue",
	"evidence": {"state": "Acceptance"},
	"message": "10 items are in Acceptance since 1 Nov 2026.",
	"about": ["SHOP-148"],
}}

test_acceptance_queue_at_the_limit if acceptance_queue({"states": [sets.queue("Acceptance", 9)]}) == set()

test_acceptance_queue_other_state if acceptance_queue({"states": [sets.queue("Doing", 50)]}) == set()

test_acceptance_queue_of_features if acceptance_queue({"states": [object.union(sets.queue("Acceptance", 10), {"level": "feature"})]}) == set()

test_acceptance_queue_own if count(acceptance_queue_with({"states": [sets.queue("Abnahme", 3)]}, {"settings": {"team/acceptance-queue": {"states": ["abnahme"], "most": 2}}})) == 1
