# Examples of teams, trains, increments and connections that the tests of set
# policies start from: healthy ones. The first argument is laid over the set,
# the second over the rest of the input.
package trackwarden.lib.example_set_test

import data.trackwarden.lib.example_test as example

team(set, changes) := object.union(
	input_of("team", "Checkout", set),
	object.union({"team": {"name": "Checkout", "train": "Retail"}}, changes),
)

train(set, changes) := object.union(input_of("train", "Retail", set), changes)

increment(set, changes) := object.union(
	input_of("increment", "Retail/PI 26.4", object.union({"increments": {"judged": current}}, set)),
	object.union({"subject": {"title": "PI 26.4"}, "increment": {"name": "PI 26.4", "start": "2026-10-05", "end": "2026-12-13"}}, changes),
)

connection(set, changes) := object.union(
	input_of("connection", "shop", set),
	object.union({"train": {"name": "", "current": nowhere, "next": nowhere}}, changes),
)

# item is one that lists name; changes are laid over it.
item(changes) := object.union(example.summary, changes)

# planned is a current increment with changes laid over it.
planned(changes) := object.union(current, changes)

nowhere := {"name": "", "start": "", "end": ""}

input_of(kind, id, set) := {
	"schema": 1, "today": "2026-11-24", "level": kind,
	"subject": {
		"kind": kind, "id": id, "key": "", "url": "", "title": id, "type": "", "item_kind": "",
		"state": {"category": "", "native": "", "since": ""}, "priority": "", "rank": "", "wsjf": {}, "theme": "", "persona": "",
		"assignee": "", "labels": [], "created": "", "changed": "", "due": "", "custom": {},
	},
	"parent": null, "parent_ref": "", "children": [], "links": [],
	"team": {"name": "", "train": "Retail"},
	"train": {
		"name": "Retail", "current": {"name": "PI 26.4", "start": "2026-10-05", "end": "2026-12-13"},
		"next": {"name": "PI 27.1", "start": "2026-12-14", "end": "2027-02-21"},
	},
	"increment": nowhere,
	"known": {"personas": ["Busy parent"], "themes": ["Effortless buying"]},
	"settings": {},
	"set": object.union(healthy, set),
}

amount := {"items": 10, "points": 30}

part := {
	"all": amount,
	"kinds": {
		"business": {"items": 6, "points": 20}, "enabler": {"items": 2, "points": 6}, "bug": {"items": 2, "points": 4},
		"spike": {"items": 0, "points": 0}, "chore": {"items": 0, "points": 0},
	},
	"themes": [{"name": "Effortless buying", "items": 10, "points": 30}],
}

# iteration is one that is over, with changes laid over it.
iteration(changes) := object.union(
	{
		"name": "Sprint 47", "start": "2026-11-02", "end": "2026-11-15", "state": "past", "items": 7, "points": 22,
		"done_items": 6, "done_points": 20, "carried": 1, "unestimated": 0, "unready_all": 0, "unready": [], "capacity": 22,
	},
	changes,
)

objective(changes) := object.union(
	{
		"title": "Guests can pay", "team": "Checkout", "committed": true, "planned": 8, "measure": "orders by guests",
	},
	changes,
)

no_increment := {
	"name": "", "train": "", "start": "", "end": "", "state": "", "features": [], "features_all": 0, "features_ready": 0,
	"features_done": 0, "stories": {"items": 0, "points": 0}, "stories_done": {"items": 0, "points": 0}, "objectives": [],
	"teams_with_objectives": [], "teams_without_objectives": [],
	"predictability": {"evaluated": false, "planned": 0, "actual": 0},
	"baseline": {"frozen": "", "features": 0, "points": 0, "objectives": 0, "capacity": 0},
	"changes": {
		"added": [], "removed": [], "added_all": 0, "removed_all": 0, "objectives_added": [], "objectives_removed": [],
		"objectives_changed": [], "capacity": [],
	},
}

current := object.union(no_increment, {
	"name": "PI 26.4", "train": "Retail", "start": "2026-10-05", "end": "2026-12-13", "state": "active",
	"starts_in_days": -50, "ends_in_days": 19, "features_all": 2, "features_ready": 2,
	"stories": {"items": 40, "points": 120}, "stories_done": {"items": 25, "points": 80}, "capacity": 130,
	"objectives": [objective({})], "teams_with_objectives": ["Checkout"],
	"predictability": {"evaluated": false, "planned": 8, "actual": 0},
	"baseline": {"frozen": "2026-10-05", "features": 2, "points": 118, "objectives": 1, "capacity": 130},
})

healthy := {
	"items": {
		"total_open": 30, "active": 4, "blocked": 0, "stories": 26, "features": 4, "bugs": 3, "enablers": 3, "unestimated": 0,
		"without_parent": 0, "enablers_without_parent": 1, "bugs_without_parent": 3, "without_team": 0, "without_increment": 1,
		"ready": 14, "waiting": 22, "stale": 0,
	},
	"points": {"open": 100, "ready": 50, "waiting": 85, "active": 15},
	"weeks": [{"start": "2026-11-23", "created": 5, "closed": 6}],
	"flow": {"closed": 36, "reopened": 1, "carried": 3, "lead_days_median": 21},
	"iterations": [iteration({})],
	"velocity": {"points_median": 20, "items_median": 6, "iterations": 6},
	"states": [{"name": "To Do", "category": "todo", "level": "story", "items": 22, "since": "2026-10-01", "sample": []}],
	"active": {"stories": [], "features": []}, "blocked": [],
	"mix": {"closed": part, "planned": part},
	"duplicates": [], "duplicates_found": 0,
	"story_forms": {"stories": 20, "common": "role, means, ends", "share": 1, "forms": [{"form": "role, means, ends", "items": 20, "sample": []}]},
	"personas": [{"name": "Busy parent", "items": 12}],
	"rank": {"features": 4, "without_wsjf": 0, "unscored": [], "inversions": [], "children": []},
	"dependencies": [], "dependency_counts": {"all": 0, "before": 0, "same": 0, "after": 0, "unplanned": 0}, "cycles": [],
	"increments": {
		"previous": no_increment, "current": current, "next": object.union(no_increment, {
			"name": "PI 27.1", "train": "Retail", "start": "2026-12-14", "end": "2027-02-21", "state": "future",
			"starts_in_days": 20, "ends_in_days": 89,
		}),
		"judged": no_increment,
	},
	"capacity": [{"team": "Checkout", "iteration": "Sprint 49", "points": 22}],
	"risks": [], "investment": [], "teams": [],
	"connection": {
		"unmapped_types": [], "without_team": [], "team_share": 1, "train_share": 1, "hidden": 0, "broken": 0, "missing": 0,
		"several_teams": 0,
	},
}

# week is the n-th Monday of November with what was created and closed.
week(n, created, closed) := {"start": sprintf("2026-11-0%d", [n]), "created": created, "closed": closed}

# ahead is the next iteration, with changes laid over it.
ahead(changes) := object.union(
	iteration({
		"name": "Sprint 49", "state": "future", "start": "2026-11-30", "end": "2026-12-13", "items": 10, "points": 20,
		"done_items": 0, "done_points": 0, "carried": 0,
	}),
	changes,
)

# stuck is a blocked item.
stuck(key) := {"item": item({"id": key, "key": key}), "why": "label", "since": "2026-11-01", "by": []}

# begun is an item in progress.
begun(key) := {"item": item({"id": key, "key": key}), "since": "2026-11-01"}

# twins are two items with nearly the same title.
twins(one, other, same) := {
	"items": [item({"id": one, "key": one, "title": "Pay"}), item({"id": other, "key": other, "title": "Pay"})],
	"same": same, "what": "title",
}

# queue is a state with so many stories in it.
queue(name, items) := {
	"name": name, "category": "in_progress", "level": "story", "items": items, "since": "2026-11-01",
	"sample": [begun("SHOP-148")],
}

# ranked are two stories in another order than their features.
ranked(above, below) := {
	"above": item({"id": above, "key": above}), "below": item({"id": below, "key": below}),
	"above_parent": item({"key": "F-2"}), "below_parent": item({"key": "F-1"}),
}

# inverted are two features in another order than their WSJF.
inverted(places) := {
	"above": item({"id": "A", "key": "A"}), "below": item({"id": "B", "key": "B"}), "above_wsjf": 2.31, "below_wsjf": 9,
	"places": places,
}

# tied is a dependency of one team on another.
tied(changes) := object.union(
	{
		"from": item({"id": "P", "key": "PLAT-7", "team": "Platform"}), "to": item({"id": "S", "key": "SHOP-8", "team": "Checkout"}),
		"cross": "team", "order": "before", "by": "iteration", "ready": "2026-12-13", "needed": "2026-11-16", "unplanned": "",
	},
	changes,
)

risk(roam, owner) := {
	"title": "The card provider changes", "increment": "PI 26.4", "roam": roam, "owner": owner, "raised": "2026-10-05",
}

# crew is a team of a train in numbers.
crew(changes) := object.union(
	{
		"name": "Checkout", "owned": true, "stories": 26, "ready": 14, "active": 4,
		"velocity": {"points_median": 20, "items_median": 6, "iterations": 6},
	},
	changes,
)
