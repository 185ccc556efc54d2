package trackwarden.connection_test

import data.trackwarden.connection
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

unmapped_types(set) := unmapped_types_with(set, {"settings": {"connection/unmapped-types": {"least": 5}}})

unmapped_types_with(set, changes) := found if {
	all := connection.violation with input as sets.connection(set, changes)
	found := example.said("connection/unmapped-types", all)
}

test_unmapped_types_none if unmapped_types({}) == set()

test_unmapped_types_unmapped if unmapped_types({"connection": {"unmapped_types": [{"project": "1", "name": "Change", "items": 12}]}}) == {{
	"policy": "connection/unmapped-types",
	"evidence": {"project": "1", "type": "Change"},
	"message": "12 items of the type Change are on no level.",
}}

test_unmapped_types_few if unmapped_types({"connection": {"unmapped_types": [{"project": "1", "name": "Change", "items": 4}]}}) == set()

test_unmapped_types_two if count(unmapped_types({"connection": {"unmapped_types": [{"project": "1", "name": "Change", "items": 5}, {"project": "2", "name": "Change", "items": 5}]}})) == 2

test_unmapped_types_own if count(unmapped_types_with({"connection": {"unmapped_types": [{"project": "1", "name": "Change", "items": 1}]}}, {"settings": {"connection/unmapped-types": {"least": 1}}})) == 1

test_unmapped_types_hostile if count(unmapped_types({"connection": {"unmapped_types": [{"project": "1", "name": "%s <b>", "items": 9}]}})) == 1
