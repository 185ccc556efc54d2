package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

blocked_story_hidden(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/blocked-story-hidden": {"labels": ["blocked", "impediment"]}}}, changes))
	found := example.said("feature/blocked-story-hidden", all)
}

test_blocked_story_hidden_none if blocked_story_hidden({}) == set()

test_blocked_story_hidden_hidden if blocked_story_hidden({"children": [object.union(example.summary, {"labels": ["Blocked"]})]}) == {{
	"policy": "feature/blocked-story-hidden",
	"evidence": {"blocked": ["SHOP-148"]},
	"message": "SHOP-148 under it is marked as blocked; the Epic is not.",
	"about": ["SHOP-148"],
}}

test_blocked_story_hidden_shown if blocked_story_hidden({"children": [object.union(example.summary, {"labels": ["blocked"]})], "subject": {"labels": ["BLOCKED"]}}) == set()

test_blocked_story_hidden_story_done if blocked_story_hidden({"children": [object.union(example.summary, {"labels": ["blocked"], "state": {"category": "done"}})]}) == set()

test_blocked_story_hidden_other_label if blocked_story_hidden({"children": [object.union(example.summary, {"labels": ["unblocked"]})]}) == set()

test_blocked_story_hidden_own_label if count(blocked_story_hidden({"children": [object.union(example.summary, {"labels": ["stuck"]})], "settings": {"feature/blocked-story-hidden": {"labels": ["stuck"]}}})) == 1
