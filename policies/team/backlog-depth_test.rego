package trackwarden.team_test

import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example
import data.trackwarden.team

limits := {"settings": {"team/backlog-depth": {"least_ready": 1, "most": 12}}}

depth(set) := found if {
	all := team.violation with input as sets.team(set, limits)
	found := {v.message | some v in example.said("team/backlog-depth", all)}
}

test_backlog_depth_healthy if depth({}) == set()

test_backlog_depth_exactly_enough if depth({"points": {"ready": 20, "open": 240}}) == set()

test_backlog_depth_short if {
	depth({"points": {"ready": 19}}) == {"What is ready lasts for 0.9 iterations; it should last for 1."}
}

test_backlog_depth_long if {
	depth({"points": {"open": 241}}) == {"What is open lasts for 12 iterations; 12 is the most."}
}

# A team that does not estimate is measured by its stories.
test_backlog_depth_by_stories if {
	counted := sets.team({"items": {"ready": 5}}, limits)
	unestimated := json.patch(counted, [{"op": "remove", "path": "/set/velocity/points_median"}])
	all := team.violation with input as unestimated
	{v.evidence | some v in example.said("team/backlog-depth", all)} == {{"depth": "short"}}
}

test_backlog_depth_nothing_finished if depth({"velocity": {"points_median": 0}}) == set()

# Without iterations there is nothing to compare with.
test_backlog_depth_without_iterations if {
	bare := json.patch(sets.team({"points": {"ready": 0}}, limits), [
		{"op": "remove", "path": "/set/velocity/points_median"},
		{"op": "remove", "path": "/set/velocity/items_median"},
	])
	all := team.violation with input as bare
	example.said("team/backlog-depth", all) == set()
}

# The evidence does not move with the numbers.
test_backlog_depth_stable_evidence if {
	first := team.violation with input as sets.team({"points": {"ready": 1}}, limits)
	second := team.violation with input as sets.team({"points": {"ready": 9}}, limits)
	{v.evidence | some v in first} == {v.evidence | some v in second}
}
