# What policies say of an item's children and of what it waits for.
package trackwarden.lib.kin

import data.trackwarden.lib.say

# The states in which nothing is left to do.
closed := {"done", "removed"}

# The children that are not closed.
open := [c | some c in input.children; not c.state.category in closed]

# The open items that this one waits for.
blockers := [link.item |
	some link in input.links
	link.type == "blocks"
	link.direction == "inward"
	link.item != null
	not link.item.state.category in closed
]

# keys are those of some items, sorted; of very many the first ones.
keys(items) := array.slice(sort([i.key | some i in items]), 0, 20)

# named writes keys as "A", "A and B" or "A, B, C, D, E and 3 more".
named(words) := words[0] if count(words) == 1

named(words) := say.list(words) if count(words) > 1

# counted says how many: "1 Story" with the tracker's name of the type, "3 items".
counted(items) := sprintf("%d %s", [count(items), noun(items)])

noun(items) := types[0] if {
	types := array.slice(sort({i.type | some i in items}), 0, 2)
	count(types) == 1
	count(items) == 1
} else := "item" if {
	count(items) == 1
} else := "items"
