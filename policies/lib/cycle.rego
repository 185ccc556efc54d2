# What the policies about circular dependencies of several levels share.
package trackwarden.lib.cycle

import data.trackwarden.lib.say

# The keys in the circle, sorted by the host; a huge circle is shown by its
# first ones.
shown := array.slice(input.facts.cycle, 0, 20)

evidence := {"cycle": shown, "size": count(input.facts.cycle)}

message := sprintf("%s waits for itself.", [input.facts.cycle[0]]) if {
	count(input.facts.cycle) == 1
} else := sprintf("%s wait for each other.", [say.list(input.facts.cycle)])
