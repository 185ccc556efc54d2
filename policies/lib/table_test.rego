package trackwarden.lib.table_test

import data.trackwarden.lib.table

ready := ["Ready: points, priority", "In Progress: assignee", " ready :persona"]

test_the_values_of_a_key if table.values(ready, "Ready") == ["points, priority", "persona"]

test_no_such_key if table.values(ready, "Done") == []

test_no_table if table.values([], "Ready") == []

test_more_colons if table.values(["a: b: c"], "a") == ["b: c"]

test_the_fields_of_a_key if table.fields(ready, "READY") == {"points", "priority", "persona"}

test_the_fields_of_another if table.fields(ready, "in progress") == {"assignee"}

test_every_field_is_known if {
	every field in table.all_fields {
		table.known(field) == field
	}
}
