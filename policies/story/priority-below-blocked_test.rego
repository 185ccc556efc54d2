package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_priority_below_blocked := object.union(
	example.story({
		"subject": {"priority": "Low"},
		"links": [
			{
				"type": "blocks",
				"direction": "outward",
				"item": object.union(example.summary, {"priority": "High"}),
			},
		],
	}),
	{
		"settings": {
			"story/priority-below-blocked": {
				"order": ["Highest", "High", "Medium", "Low", "Lowest"],
			},
		},
	},
)

said_priority_below_blocked(changes) := found if {
	all := story.violation with input as object.union(healthy_priority_below_blocked, changes)
	found := example.said("story/priority-below-blocked", all)
}

test_priority_below_blocked_lower if said_priority_below_blocked({}) == {{
	"policy": "story/priority-below-blocked",
	"evidence": {"priority": "Low", "blocks": "SHOP-148", "their_priority": "High"},
	"message": "Its priority is Low, and SHOP-148, which waits for it, is High.",
	"about": ["SHOP-148"],
}}

test_priority_below_blocked_the_same if said_priority_below_blocked({"subject": {"priority": "High"}}) == set()

test_priority_below_blocked_what_waits_is_less_urgent if {
	said_priority_below_blocked({
		"links": [
			{
				"type": "blocks",
				"direction": "outward",
				"item": object.union(example.summary, {"priority": "Lowest"}),
			},
		],
	}) == set()
}

test_priority_below_blocked_higher if said_priority_below_blocked({"subject": {"priority": "Highest"}}) == set()

test_priority_below_blocked_by_one if count(said_priority_below_blocked({"subject": {"priority": "Medium"}})) == 1

test_priority_below_blocked_none_of_its_own if said_priority_below_blocked({"subject": {"priority": ""}}) == set()

test_priority_below_blocked_none_there if {
	said_priority_below_blocked({
		"links": [
			{
				"type": "blocks",
				"direction": "outward",
				"item": object.union(example.summary, {"priority": ""}),
			},
		],
	}) == set()
}

test_priority_below_blocked_not_in_the_settings if {
	said_priority_below_blocked({
		"subject": {"priority": "3"},
		"links": [
			{
				"type": "blocks",
				"direction": "outward",
				"item": object.union(example.summary, {"priority": "1"}),
			},
		],
	}) == set()
}

test_priority_below_blocked_azure_by_the_settings if {
	count(said_priority_below_blocked({
		"subject": {"priority": "3"},
		"links": [
			{
				"type": "blocks",
				"direction": "outward",
				"item": object.union(example.summary, {"priority": "1"}),
			},
		],
		"settings": {"story/priority-below-blocked": {"order": ["1", "2", "3", "4"]}},
	})) == 1
}

test_priority_below_blocked_what_waits_is_done if {
	said_priority_below_blocked({
		"links": [
			{
				"type": "blocks",
				"direction": "outward",
				"item": object.union(
					example.summary,
					{"priority": "High", "state": {"category": "done"}},
				),
			},
		],
	}) == set()
}

test_priority_below_blocked_unreadable if said_priority_below_blocked({"links": [{"type": "blocks", "direction": "outward", "item": null}]}) == set()

test_priority_below_blocked_done if said_priority_below_blocked({"facts": {"not_done": false}}) == set()

test_priority_below_blocked_hostile if {
	some v in said_priority_below_blocked({
		"links": [
			{
				"type": "blocks",
				"direction": "outward",
				"item": object.union(example.summary, {"key": "%s<b>", "priority": "HIGH"}),
			},
		],
	})
	v.message == "Its priority is Low, and %s<b>, which waits for it, is HIGH."
}
