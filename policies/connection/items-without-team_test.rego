package trackwarden.connection_test

import data.trackwarden.connection
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

items_without_team(set) := items_without_team_with(set, {"settings": {"connection/items-without-team": {"percent": 10}}})

items_without_team_with(set, changes) := found if {
	all := connection.violation with input as sets.connection(set, changes)
	found := example.said("connection/items-without-team", all)
}

test_items_without_team_healthy if items_without_team({}) == set()

test_items_without_team_gaps if {
	all := connection.violation with input as sets.connection({"items": {"without_team": 8}, "connection": {"team_share": 0.75, "without_team": [example.summary]}}, {"known": {"teams": ["Checkout"]}, "settings": {"connection/items-without-team": {"percent": 10}}})
	example.said("connection/items-without-team", all) == {{
		"policy": "connection/items-without-team",
		"evidence": {"attribution": "gaps"},
		"message": "8 open items, 25 %, belong to no team.",
		"about": ["SHOP-148"],
	}}
}

test_items_without_team_few if {
	all := connection.violation with input as sets.connection({"connection": {"team_share": 0.9}}, {"known": {"teams": ["Checkout"]}, "settings": {"connection/items-without-team": {"percent": 10}}})
	example.said("connection/items-without-team", all) == set()
}

test_items_without_team_no_teams if {
	all := connection.violation with input as sets.connection({"connection": {"team_share": 0}}, {"known": {"teams": []}, "settings": {"connection/items-without-team": {"percent": 10}}})
	example.said("connection/items-without-team", all) == set()
}

test_items_without_team_no_items if items_without_team({"connection": {"team_share": 1}}) == set()
