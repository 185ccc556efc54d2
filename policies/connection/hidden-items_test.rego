package trackwarden.connection_test

import data.trackwarden.connection
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

hidden_items(set) := hidden_items_with(set, {"settings": {"connection/hidden-items": {"least": 10}}})

hidden_items_with(set, changes) := found if {
	all := connection.violation with input as sets.connection(set, changes)
	found := example.said("connection/hidden-items", all)
}

test_hidden_items_none if hidden_items({}) == set()

test_hidden_items_hidden if hidden_items({"connection": {"hidden": 12}}) == {{
	"policy": "connection/hidden-items",
	"evidence": {"hidden": "items"},
	"message": "12 items that others name cannot be seen.",
}}

test_hidden_items_few if hidden_items({"connection": {"hidden": 9}}) == set()

test_hidden_items_at_the_limit if count(hidden_items({"connection": {"hidden": 10}})) == 1

test_hidden_items_own if count(hidden_items_with({"connection": {"hidden": 1}}, {"settings": {"connection/hidden-items": {"least": 1}}})) == 1
