# Where work stands, in words.
package trackwarden.lib.work

import data.trackwarden.lib.say

# state is "In Progress since 20 Nov 2026", or without the date when the tracker
# does not say it.
state := sprintf("%s%s", [input.subject.state.native, say.since(input.subject.state.since)])

# place is the active iteration where the item is in one, else its state.
place := sprintf("In the active %s", [input.subject.iteration.name]) if {
	input.subject.iteration.state == "active"
} else := state
