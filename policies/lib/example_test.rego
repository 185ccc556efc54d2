# Examples that the tests of policies start from: healthy items, and a way to
# hear one policy only.
package trackwarden.lib.example_test

# story is a healthy story with some changes laid over it.
story(changes) := object.union(healthy, changes)

# feature is a healthy feature with some changes laid over it.
feature(changes) := object.union(
	object.union(healthy, {
		"level": "feature",
		"subject": {"key": "SHOP-100", "title": "One-click checkout", "type": "Epic", "level": "feature"},
		"children": [summary],
	}),
	changes,
)

# said is what one policy says in a set of violations.
said(policy, violations) := {v | some v in violations; v.policy == policy}

# summary is a neighbour.
summary := {
	"id": "jira:1/148", "key": "SHOP-148", "url": "https://shop.example/browse/SHOP-148", "title": "Show the price",
	"level": "story", "state": {"category": "todo", "native": "To Do"},
	"team": "Checkout", "increment": "PI 26.4", "theme": "",
}

healthy := {
	"schema": 1, "today": "2026-11-24", "level": "story",
	"subject": {
		"kind": "item", "id": "jira:1/147", "key": "SHOP-147", "url": "https://shop.example/browse/SHOP-147",
		"title": "Pay with one click", "type": "Story", "level": "story", "item_kind": "",
		"state": {"category": "todo", "native": "To Do", "since": "2026-11-01"},
		"points": 5, "priority": "High", "rank": "0|a", "wsjf": {}, "theme": "", "persona": "Busy parent",
		"assignee": "557058:77", "labels": [], "created": "2026-10-01", "changed": "2026-11-23", "due": "", "custom": {},
	},
	"text": {
		"criteria": ["An order is placed with one click"], "role": "busy parent", "means": "to pay with one click",
		"ends": "I am done in time", "hypothesis": "More orders from the app", "measure": "orders per visit",
		"truncated": false,
	},
	"facts": {
		"age_days": 54, "idle_days": 1, "state_days": 23, "last_activity": "2026-11-23", "not_done": true,
		"active": false, "committed": false, "cycle": [], "children_known": true,
	},
	"parent": null, "parent_ref": "known", "children": [], "links": [],
	"team": {"name": "Checkout", "train": "Retail"}, "train": {"name": "Retail"},
	"increment": {"name": "PI 26.4", "start": "2026-10-05", "end": "2026-12-13"},
	"settings": {"story/too-big": {"max_points": 13}, "story/stale": {"days": 180}},
}
