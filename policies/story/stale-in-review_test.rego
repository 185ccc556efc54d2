package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_stale_in_review := object.union(
	example.story({
		"facts": {
			"active": true,
			"committed": true,
			"idle_days": 20,
			"last_activity": "2026-11-04",
		},
		"subject": {"state": {"category": "in_progress", "native": "In Review"}},
	}),
	{
		"settings": {
			"story/stale-in-review": {
				"days": 14,
				"states": [
					"in review",
					"review",
					"code review",
					"merge request",
					"pull request",
					"in prüfung",
				],
			},
		},
	},
)

said_stale_in_review(changes) := found if {
	all := story.violation with input as object.union(healthy_stale_in_review, changes)
	found := example.said("story/stale-in-review", all)
}

test_stale_in_review_touched if said_stale_in_review({"facts": {"idle_days": 1}}) == set()

test_stale_in_review_untouched if said_stale_in_review({}) == {{
	"policy": "story/stale-in-review",
	"evidence": {"last_activity": "2026-11-04"},
	"message": "It is In Review, and nobody has touched it since 4 Nov 2026.",
}}

test_stale_in_review_at_the_limit if count(said_stale_in_review({"facts": {"idle_days": 14}})) == 1

test_stale_in_review_a_day_before if said_stale_in_review({"facts": {"idle_days": 13}}) == set()

test_stale_in_review_another_state if said_stale_in_review({"subject": {"state": {"native": "In Progress"}}}) == set()

test_stale_in_review_own_state if {
	count(said_stale_in_review({
		"subject": {"state": {"native": "Peer check"}},
		"settings": {"story/stale-in-review": {"states": ["peer check"]}},
	})) == 1
}

test_stale_in_review_not_in_progress if said_stale_in_review({"facts": {"active": false}}) == set()

test_stale_in_review_hostile_state if {
	some v in said_stale_in_review({
		"subject": {"state": {"native": "%s<b>"}},
		"settings": {"story/stale-in-review": {"states": ["%S<B>"]}},
	})
	v.message == "It is %s<b>, and nobody has touched it since 4 Nov 2026."
}
