package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

story_count(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/story-count": {"least": 3, "most": 15}}}, changes))
	found := example.said("feature/story-count", all)
}

test_story_count_enough if story_count({"children": [example.summary | some n in numbers.range(1, 3)]}) == set()

test_story_count_few if story_count({}) == {{
	"policy": "feature/story-count",
	"evidence": {"stories": "few"},
	"message": "1 Story under it; fewer than 3 make no feature.",
}}

test_story_count_many if story_count({"children": [object.union(example.summary, {"key": sprintf("S-%d", [n])}) | some n in numbers.range(1, 16)]}) == {{
	"policy": "feature/story-count",
	"evidence": {"stories": "many"},
	"message": "16 items under it; more than 15 are several features.",
}}

test_story_count_at_the_most if story_count({"children": [object.union(example.summary, {"key": sprintf("S-%d", [n])}) | some n in numbers.range(1, 15)]}) == set()

test_story_count_none if story_count({"children": []}) == set()

test_story_count_not_all_known if story_count({"facts": {"children_known": false}}) == set()

test_story_count_done if story_count({"facts": {"not_done": false}}) == set()
