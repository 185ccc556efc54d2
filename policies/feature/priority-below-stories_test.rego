package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

priority_below_stories(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/priority-below-stories": {"order": ["Highest", "High", "Medium", "Low", "Lowest"]}}}, changes))
	found := example.said("feature/priority-below-stories", all)
}

test_priority_below_stories_same if priority_below_stories({}) == set()

test_priority_below_stories_higher if priority_below_stories({"children": [object.union(example.summary, {"priority": "highest"})]}) == {{
	"policy": "feature/priority-below-stories",
	"evidence": {"priority": "High", "above": ["SHOP-148"]},
	"message": "Its priority is High, and that of SHOP-148 is higher.",
	"about": ["SHOP-148"],
}}

test_priority_below_stories_lower if priority_below_stories({"children": [object.union(example.summary, {"priority": "Low"})]}) == set()

test_priority_below_stories_not_listed if priority_below_stories({"children": [object.union(example.summary, {"priority": "P0"})]}) == set()

test_priority_below_stories_own_order if count(priority_below_stories({"subject": {"priority": "P1"}, "children": [object.union(example.summary, {"priority": "P0"})], "settings": {"feature/priority-below-stories": {"order": ["P0", "P1"]}}})) == 1

test_priority_below_stories_done_story if priority_below_stories({"children": [object.union(example.summary, {"priority": "Highest", "state": {"category": "done"}})]}) == set()

test_priority_below_stories_done if priority_below_stories({"children": [object.union(example.summary, {"priority": "Highest"})], "facts": {"not_done": false}}) == set()
