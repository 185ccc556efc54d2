package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

due_date_moved(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/due-date-moved": {"times": 2}}}, changes))
	found := example.said("feature/due-date-moved", all)
}

test_due_date_moved_never if due_date_moved({"facts": {"due_moved": 0}}) == set()

test_due_date_moved_often if due_date_moved({"facts": {"due_moved": 3}}) == {{
	"policy": "feature/due-date-moved",
	"evidence": {"moved": "often"},
	"message": "Its due date was changed 3 times while it was in progress.",
}}

test_due_date_moved_at_the_limit if due_date_moved({"facts": {"due_moved": 2}}) == set()

test_due_date_moved_not_known if due_date_moved({}) == set()

test_due_date_moved_done if due_date_moved({"facts": {"due_moved": 5, "not_done": false}}) == set()

test_due_date_moved_own_limit if count(due_date_moved({"facts": {"due_moved": 1}, "settings": {"feature/due-date-moved": {"times": 0}}})) == 1
