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
	"team": "Checkout", "increment": "PI 26.4", "theme": "", "type": "Story", "item_kind": "", "points": 3,
	"priority": "High", "due": "", "labels": [], "iteration": sprint,
	"increment_start": "2026-10-05", "increment_end": "2026-12-13",
}

# sprint is the iteration that comes next.
sprint := {"name": "Sprint 49", "state": "future", "start": "2026-11-30", "end": "2026-12-13"}

healthy := {
	"schema": 1, "today": "2026-11-24", "level": "story",
	"subject": {
		"kind": "item", "id": "jira:1/147", "key": "SHOP-147", "url": "https://shop.example/browse/SHOP-147",
		"title": "Pay with one click", "type": "Story", "level": "story", "item_kind": "",
		"state": {"category": "todo", "native": "To Do", "since": "2026-11-01"},
		"points": 5, "priority": "High", "rank": "0|a", "wsjf": {}, "theme": "", "persona": "Busy parent",
		"assignee": "557058:77", "labels": [], "created": "2026-10-01", "changed": "2026-11-23", "due": "", "custom": {},
		"components": [], "area": "", "iteration": sprint, "filled": ["description", "points", "priority", "assignee", "parent"],
	},
	"text": {
		"criteria": ["An order is placed with one click"], "role": "busy parent", "means": "to pay with one click",
		"ends": "I am done in time", "hypothesis": "More orders from the app", "measure": "orders per visit",
		"truncated": false, "headings": [], "words": 40,
		"story": {
			"language": "en", "sentence": "As a busy parent, I want to pay with one click so that I am done in time", "words": 17,
			"conjunctions": [], "vague": [], "repeated": [], "brackets": false, "extra": "", "generic_role": false,
			"reading_ease": 80, "missing": [], "vague_criteria": [],
		},
	},
	"facts": {
		"age_days": 54, "idle_days": 1, "state_days": 23, "last_activity": "2026-11-23", "not_done": true,
		"active": false, "committed": false, "cycle": [], "children_known": true, "increment_in_days": -50, "iteration_in_days": 6,
	},
	"parent": null, "parent_ref": "known", "children": [], "links": [],
	"team": {"name": "Checkout", "train": "Retail"}, "train": {
		"name": "Retail",
		"current": {"name": "PI 26.4", "start": "2026-10-05", "end": "2026-12-13"},
		"next": {"name": "PI 27.1", "start": "2026-12-14", "end": "2027-03-07"},
	},
	"increment": {"name": "PI 26.4", "start": "2026-10-05", "end": "2026-12-13"},
	"known": {"teams": ["Checkout"], "personas": [], "themes": []},
	"settings": {"story/too-big": {"max_points": 13}, "story/stale": {"days": 180}},
}
