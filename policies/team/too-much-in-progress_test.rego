package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

too_much_in_progress(set) := too_much_in_progress_with(set, {"settings": {"team/too-much-in-progress": {"times": 2, "most": 15}}})

too_much_in_progress_with(set, changes) := found if {
	all := team.violation with input as sets.team(set, changes)
	found := example.said("team/too-much-in-progress", all)
}

test_too_much_in_progress_healthy if too_much_in_progress({}) == set()

test_too_much_in_progress_too_many if too_much_in_progress({"items": {"active": 13}}) == {{
	"policy": "team/too-much-in-progress",
	"evidence": {"active": "too many"},
	"message": "13 items are in progress; the team finishes 6 stories in an iteration.",
}}

test_too_much_in_progress_at_the_limit if too_much_in_progress({"items": {"active": 12}}) == set()

test_too_much_in_progress_kanban if {
	bare := json.patch(sets.team({"items": {"active": 16}}, {"settings": {"team/too-much-in-progress": {"times": 2, "most": 15}}}), [{"op": "remove", "path": "/set/velocity/items_median"}])
	all := team.violation with input as bare
	some v in example.said("team/too-much-in-progress", all)
	v.message == "16 items are in progress; 15 is the most for a team without iterations."
}

test_too_much_in_progress_nothing_finished if too_much_in_progress({"items": {"active": 30}, "velocity": {"items_median": 0}}) == set()

test_too_much_in_progress_own_limit if count(too_much_in_progress_with({"items": {"active": 7}}, {"settings": {"team/too-much-in-progress": {"times": 1, "most": 15}}})) == 1
