package trackwarden.connection_test

import data.trackwarden.connection
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

unreadable_items(set) := unreadable_items_with(set, {})

unreadable_items_with(set, changes) := found if {
	all := connection.violation with input as sets.connection(set, changes)
	found := example.said("connection/unreadable-items", all)
}

test_unreadable_items_none if unreadable_items({}) == set()

test_unreadable_items_broken if unreadable_items({"connection": {"broken": 2}}) == {{
	"policy": "connection/unreadable-items",
	"evidence": {"broken": "items"},
	"message": "2 items could not be read.",
}}

test_unreadable_items_one if count(unreadable_items({"connection": {"broken": 1}})) == 1

test_unreadable_items_hidden_is_something_else if unreadable_items({"connection": {"hidden": 5}}) == set()

test_unreadable_items_many if count(unreadable_items({"connection": {"broken": 1000}})) == 1
