package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

too_big(changes) := found if {
	all := story.violation with input as example.story(changes)
	found := example.said("story/too-big", all)
}

test_too_big_small if too_big({"subject": {"points": 5}}) == set()

test_too_big_at_the_limit if too_big({"subject": {"points": 13}}) == set()

test_too_big_above_the_limit if too_big({"subject": {"points": 13.5}}) == {{
	"policy": "story/too-big",
	"evidence": {"points": 13.5},
	"message": "It has 13.5 points; 13 is the most for one Story.",
}}

test_too_big_own_limit if {
	count(too_big({"subject": {"points": 5}, "settings": {"story/too-big": {"max_points": 4}}})) == 1
}

# The limit is no evidence: another one does not reopen what a person decided.
test_too_big_evidence_is_the_story if {
	some v in too_big({"subject": {"points": 21}, "settings": {"story/too-big": {"max_points": 8}}})
	v.evidence == {"points": 21}
}

# Nobody estimated it: there is no key.
test_too_big_not_estimated if {
	unestimated := json.patch(example.story({}), [{"op": "remove", "path": "/subject/points"}])
	all := story.violation with input as unestimated
	example.said("story/too-big", all) == set()
}

test_too_big_done if too_big({"subject": {"points": 100}, "facts": {"not_done": false}}) == set()

test_too_big_absurd if count(too_big({"subject": {"points": 1e12}})) == 1

test_too_big_negative if too_big({"subject": {"points": -3}}) == set()
