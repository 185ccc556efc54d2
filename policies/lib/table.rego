# Tables in settings: a list of lines such as "Ready: points, priority".
package trackwarden.lib.table

# values are what the lines with a key say, small and capital letters being the
# same. A line without a colon anywhere in the table is an error: the policy
# then knows nothing, rather than to pass what the line was about.
values(lines, key) := [value |
	some line in lines
	[found, value] := pair(line)
	lower(found) == lower(key)
]

# pair is the key and the value of a line, parted by its first colon.
pair(line) := [trim_space(substring(line, 0, colon)), trim_space(substring(line, colon + 1, -1))] if {
	colon := indexof(line, ":")
	colon > 0
} else := wrong(sprintf("the settings have the line %q, which is not KEY: VALUE", [line]))

# fields are the fields that the lines with a key list, by their words. A word
# that is no field is an error too.
fields(lines, key) := {field |
	some value in values(lines, key)
	some word in split(value, ",")
	field := known(trim_space(word))
}

known(word) := word if {
	word in all_fields
} else := wrong(sprintf("the settings name the field %q, which there is not", [word]))

all_fields := {
	"description", "acceptance_criteria", "benefit_hypothesis", "points", "priority", "assignee", "parent", "iteration",
	"due", "rank", "wsjf_value", "wsjf_criticality", "wsjf_risk", "wsjf_size", "theme", "persona", "component", "version",
	"links",
}

# wrong stops the policy: a text is no number.
wrong(text) := to_number(text)
