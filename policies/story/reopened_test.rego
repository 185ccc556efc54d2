package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_reopened := example.story({"settings": {"story/reopened": {"times": 2}}})

said_reopened(changes) := found if {
	all := story.violation with input as object.union(healthy_reopened, changes)
	found := example.said("story/reopened", all)
}

# Its past is not known.
test_reopened_past_unknown if said_reopened({}) == set()

test_reopened_never if said_reopened({"facts": {"reopened": 0}}) == set()

test_reopened_just_below if said_reopened({"facts": {"reopened": 1}}) == set()

test_reopened_often if said_reopened({"facts": {"reopened": 2}}) == {{
	"policy": "story/reopened",
	"evidence": {"reopened": 2},
	"message": "Times that it came back from done: 2.",
}}

test_reopened_own_limit if count(said_reopened({"facts": {"reopened": 1}, "settings": {"story/reopened": {"times": 1}}})) == 1

test_reopened_done if said_reopened({"facts": {"reopened": 9, "not_done": false}}) == set()

test_reopened_absurd if {
	some v in said_reopened({"facts": {"reopened": 1000000}})
	v.message == "Times that it came back from done: 1000000."
}

test_reopened_hostile_title if count(said_reopened({"facts": {"reopened": 2}, "subject": {"title": "%s <script>"}})) == 1
