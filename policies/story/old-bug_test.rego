package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_old_bug := object.union(
	example.story({"subject": {"item_kind": "bug", "type": "Bug"}, "facts": {"age_days": 54}}),
	{
		"settings": {
			"story/old-bug": {
				"limits": [
					"Highest: 14",
					"High: 30",
					"Medium: 90",
					"Low: 180",
					"Lowest: 365",
					"1: 14",
					"2: 60",
					"3: 180",
					"4: 365",
				],
			},
		},
	},
)

said_old_bug(changes) := found if {
	all := story.violation with input as object.union(healthy_old_bug, changes)
	found := example.said("story/old-bug", all)
}

test_old_bug_old if said_old_bug({}) == {{
	"policy": "story/old-bug",
	"evidence": {"created": "2026-10-01", "priority": "High"},
	"message": "Its priority is High, and it is open since 1 Oct 2026.",
}}

test_old_bug_at_the_limit if said_old_bug({"facts": {"age_days": 30}}) == set()

test_old_bug_a_day_after if count(said_old_bug({"facts": {"age_days": 31}})) == 1

test_old_bug_lower_priority if said_old_bug({"subject": {"priority": "Medium"}}) == set()

test_old_bug_azure if count(said_old_bug({"subject": {"priority": "1"}})) == 1

test_old_bug_unknown_priority if said_old_bug({"subject": {"priority": "Someday"}}) == set()

test_old_bug_no_priority if said_old_bug({"subject": {"priority": ""}}) == set()

test_old_bug_no_bug if said_old_bug({"subject": {"item_kind": ""}}) == set()

test_old_bug_done if said_old_bug({"facts": {"not_done": false}}) == set()

test_old_bug_hostile_priority if said_old_bug({"subject": {"priority": "%s: 1"}}) == set()
