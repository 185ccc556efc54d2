package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_carried_over := example.story({"settings": {"story/carried-over": {"times": 3}}})

said_carried_over(changes) := found if {
	all := story.violation with input as object.union(healthy_carried_over, changes)
	found := example.said("story/carried-over", all)
}

# Its past is not known.
test_carried_over_past_unknown if said_carried_over({}) == set()

test_carried_over_never if said_carried_over({"facts": {"carried_over": 0}}) == set()

test_carried_over_just_below if said_carried_over({"facts": {"carried_over": 2}}) == set()

test_carried_over_often if said_carried_over({"facts": {"carried_over": 3}}) == {{
	"policy": "story/carried-over",
	"evidence": {"carried_over": 3},
	"message": "Iterations that it left unfinished: 3.",
}}

test_carried_over_own_limit if {
	count(said_carried_over({"facts": {"carried_over": 1}, "settings": {"story/carried-over": {"times": 1}}})) == 1
}

test_carried_over_done if said_carried_over({"facts": {"carried_over": 9, "not_done": false}}) == set()

test_carried_over_absurd if {
	some v in said_carried_over({"facts": {"carried_over": 1000000}})
	v.message == "Iterations that it left unfinished: 1000000."
}

test_carried_over_hostile_title if count(said_carried_over({"facts": {"carried_over": 3}, "subject": {"title": "%s <script>"}})) == 1
