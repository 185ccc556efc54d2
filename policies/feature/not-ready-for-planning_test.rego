package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

not_ready_for_planning(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/not-ready-for-planning": {"days": 28}}}, changes))
	found := example.said("feature/not-ready-for-planning", all)
}

test_not_ready_for_planning_ready if not_ready_for_planning({"facts": {"increment_in_days": 10}}) == set()

test_not_ready_for_planning_gaps if not_ready_for_planning({"facts": {"increment_in_days": 20}, "text": {"criteria": []}, "subject": {"assignee": ""}, "increment": {"name": "PI 27.1", "start": "2026-12-14"}}) == {{
	"policy": "feature/not-ready-for-planning",
	"evidence": {"increment": "PI 27.1", "missing": ["acceptance criteria", "owner"]},
	"message": "PI 27.1 begins on 14 Dec 2026; still missing: acceptance criteria and owner.",
}}

test_not_ready_for_planning_all if count(not_ready_for_planning({"facts": {"increment_in_days": 1}, "text": {"criteria": [], "hypothesis": ""}, "children": [], "subject": {"assignee": ""}})) == 1

test_not_ready_for_planning_at_the_limit if count(not_ready_for_planning({"facts": {"increment_in_days": 28}, "children": []})) == 1

test_not_ready_for_planning_too_early if not_ready_for_planning({"facts": {"increment_in_days": 29}, "children": []}) == set()

test_not_ready_for_planning_begun if not_ready_for_planning({"facts": {"increment_in_days": 0}, "children": []}) == set()

test_not_ready_for_planning_stories_not_known if not_ready_for_planning({"facts": {"increment_in_days": 10, "children_known": false}, "children": []}) == set()

test_not_ready_for_planning_cut_text if not_ready_for_planning({"facts": {"increment_in_days": 10}, "text": {"criteria": [], "hypothesis": "", "truncated": true}}) == set()

test_not_ready_for_planning_no_increment if example.said("feature/not-ready-for-planning", feature.violation) == set() with input as {"facts": {"active": false, "not_done": true}}
