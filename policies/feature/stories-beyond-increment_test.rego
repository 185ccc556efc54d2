package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

stories_beyond_increment(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/stories-beyond-increment", all)
}

test_stories_beyond_increment_same if stories_beyond_increment({}) == set()

test_stories_beyond_increment_later if stories_beyond_increment({"children": [object.union(example.summary, {"increment_start": "2026-12-14"})]}) == {{
	"policy": "feature/stories-beyond-increment",
	"evidence": {"later": ["SHOP-148"]},
	"message": "It is planned for PI 26.4, and SHOP-148 for later.",
	"about": ["SHOP-148"],
}}

test_stories_beyond_increment_last_day if stories_beyond_increment({"children": [object.union(example.summary, {"increment_start": "2026-12-13"})]}) == set()

test_stories_beyond_increment_closed_story if stories_beyond_increment({"children": [object.union(example.summary, {"increment_start": "2026-12-14", "state": {"category": "done"}})]}) == set()

test_stories_beyond_increment_story_unplanned if stories_beyond_increment({"children": [object.union(example.summary, {"increment_start": ""})]}) == set()

test_stories_beyond_increment_feature_unplanned if stories_beyond_increment({"increment": {"name": "", "start": "", "end": ""}, "children": [object.union(example.summary, {"increment_start": "2026-12-14"})]}) == set()
