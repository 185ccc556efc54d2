package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

stories(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/no-stories", all)
}

test_stories_one_is_enough if stories({}) == set()

test_stories_none if stories({"children": []}) == {{
	"policy": "feature/no-stories",
	"evidence": {"children": "none"},
	"message": "Nothing is planned under this Epic.",
}}

# A finished child is a child.
test_stories_all_done if {
	done := object.union(example.summary, {"state": {"category": "done", "native": "Done"}})
	stories({"children": [done]}) == set()
}

test_stories_not_all_known if stories({"children": [], "facts": {"children_known": false}}) == set()

test_stories_of_a_done_feature if stories({"children": [], "facts": {"not_done": false}}) == set()

test_stories_of_active_work if {
	count(stories({"children": [], "facts": {"active": true, "committed": true}})) == 1
}

test_stories_hostile_type if {
	some v in stories({"children": [], "subject": {"type": "<img src=x>%v"}})
	v.message == "Nothing is planned under this <img src=x>%v."
}
