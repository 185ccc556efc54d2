package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_close_candidate := object.union(
	json.patch(
		example.story({
			"text": {"criteria": []},
			"facts": {"age_days": 400, "idle_days": 300, "last_activity": "2026-01-28"},
			"subject": {"created": "2025-10-20"},
		}),
		[{"op": "remove", "path": "/subject/points"}],
	),
	{"settings": {"story/close-candidate": {"age_days": 180, "idle_days": 90}}},
)

said_close_candidate(changes) := found if {
	all := story.violation with input as object.union(healthy_close_candidate, changes)
	found := example.said("story/close-candidate", all)
}

test_close_candidate_old_and_unready if said_close_candidate({}) == {{
	"policy": "story/close-candidate",
	"evidence": {"created": "2025-10-20", "last_activity": "2026-01-28"},
	"message": "It is there since 20 Oct 2025, untouched since 28 Jan 2026, and has neither criteria nor an estimate.",
}}

test_close_candidate_at_both_limits if count(said_close_candidate({"facts": {"age_days": 180, "idle_days": 90}})) == 1

test_close_candidate_too_young if said_close_candidate({"facts": {"age_days": 179}}) == set()

test_close_candidate_touched if said_close_candidate({"facts": {"idle_days": 89}}) == set()

test_close_candidate_estimated if said_close_candidate({"subject": {"points": 3}}) == set()

test_close_candidate_criteria if said_close_candidate({"text": {"criteria": ["It works"]}}) == set()

test_close_candidate_committed if said_close_candidate({"facts": {"committed": true}}) == set()

test_close_candidate_done if said_close_candidate({"facts": {"not_done": false}}) == set()

test_close_candidate_cut_text if said_close_candidate({"text": {"truncated": true}}) == set()

test_close_candidate_hostile_title if count(said_close_candidate({"subject": {"title": "%s <script>"}})) == 1
