package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_due_date_moved := example.story({"settings": {"story/due-date-moved": {"times": 2}}})

said_due_date_moved(changes) := found if {
	all := story.violation with input as object.union(healthy_due_date_moved, changes)
	found := example.said("story/due-date-moved", all)
}

# Its past is not known.
test_due_date_moved_past_unknown if said_due_date_moved({}) == set()

test_due_date_moved_never if said_due_date_moved({"facts": {"due_moved": 0}}) == set()

test_due_date_moved_just_below if said_due_date_moved({"facts": {"due_moved": 2}}) == set()

test_due_date_moved_often if said_due_date_moved({"facts": {"due_moved": 3}}) == {{
	"policy": "story/due-date-moved",
	"evidence": {"due_moved": 3},
	"message": "Times that its due date was changed in progress: 3.",
}}

test_due_date_moved_own_limit if {
	count(said_due_date_moved({"facts": {"due_moved": 1}, "settings": {"story/due-date-moved": {"times": 0}}})) == 1
}

test_due_date_moved_done if said_due_date_moved({"facts": {"due_moved": 9, "not_done": false}}) == set()

test_due_date_moved_absurd if {
	some v in said_due_date_moved({"facts": {"due_moved": 1000000}})
	v.message == "Times that its due date was changed in progress: 1000000."
}

test_due_date_moved_hostile_title if count(said_due_date_moved({"facts": {"due_moved": 3}, "subject": {"title": "%s <script>"}})) == 1
