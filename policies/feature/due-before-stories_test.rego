package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

due_before_stories(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/due-before-stories", all)
}

test_due_before_stories_no_dates if due_before_stories({}) == set()

test_due_before_stories_later if due_before_stories({"subject": {"due": "2026-12-13"}, "children": [object.union(example.summary, {"due": "2026-12-20"})]}) == {{
	"policy": "feature/due-before-stories",
	"evidence": {"due": "2026-12-13", "later": ["SHOP-148"]},
	"message": "It is due on 13 Dec 2026, and SHOP-148 later.",
	"about": ["SHOP-148"],
}}

test_due_before_stories_same_day if due_before_stories({"subject": {"due": "2026-12-13"}, "children": [object.union(example.summary, {"due": "2026-12-13"})]}) == set()

test_due_before_stories_story_without_date if due_before_stories({"subject": {"due": "2026-12-13"}}) == set()

test_due_before_stories_done_story if due_before_stories({"subject": {"due": "2026-12-13"}, "children": [object.union(example.summary, {"due": "2026-12-20", "state": {"category": "done"}})]}) == set()

test_due_before_stories_done if due_before_stories({"subject": {"due": "2026-12-13"}, "facts": {"not_done": false}, "children": [object.union(example.summary, {"due": "2026-12-20"})]}) == set()
