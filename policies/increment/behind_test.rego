package trackwarden.increment_test

import data.trackwarden.increment
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

behind(set) := behind_with(set, {"settings": {"increment/behind": {"days": 14, "percent": 60}}})

behind_with(set, changes) := found if {
	all := increment.violation with input as sets.increment(set, changes)
	found := example.said("increment/behind", all)
}

test_behind_on_the_way if behind({}) == set()

test_behind_behind if behind({"increments": {"judged": sets.planned({"ends_in_days": 14, "stories": {"items": 40}, "stories_done": {"items": 23}})}}) == {{
	"policy": "increment/behind",
	"evidence": {"progress": "behind"},
	"message": "PI 26.4 ends on 13 Dec 2026; 23 of 40 stories are done.",
}}

test_behind_at_the_limit if behind({"increments": {"judged": sets.planned({"ends_in_days": 14, "stories": {"items": 40}, "stories_done": {"items": 24}})}}) == set()

test_behind_time_left if behind({"increments": {"judged": sets.planned({"ends_in_days": 15, "stories": {"items": 40}, "stories_done": {"items": 0}})}}) == set()

test_behind_nothing_planned if behind({"increments": {"judged": sets.planned({"ends_in_days": 1, "stories": {"items": 0}, "stories_done": {"items": 0}})}}) == set()

test_behind_own if count(behind_with({"increments": {"judged": sets.planned({"ends_in_days": 30, "stories": {"items": 40}, "stories_done": {"items": 10}})}}, {"settings": {"increment/behind": {"days": 30, "percent": 50}}})) == 1
