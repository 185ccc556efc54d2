# What an item waits for, and what waits for it.
package trackwarden.lib.waits

# blockers are the open items that have to be finished before this one. An item
# that we cannot read is none: nothing is known of it.
blockers contains {
	"key": input.links[i].item.key,
	"category": input.links[i].item.state.category,
	"native": input.links[i].item.state.native,
	"team": input.links[i].item.team,
	"due": input.links[i].item.due,
	"iteration": {
		"name": input.links[i].item.iteration.name,
		"state": input.links[i].item.iteration.state,
		"end": input.links[i].item.iteration.end,
	},
	"increment": {"name": input.links[i].item.increment, "start": input.links[i].item.increment_start},
} if {
	input.links[i].type == "blocks"
	input.links[i].direction == "inward"
	input.links[i].item.state.category in {"todo", "in_progress"}
}

# blocked are the open items with a priority that wait for this one.
blocked contains {"key": input.links[i].item.key, "priority": input.links[i].item.priority} if {
	input.links[i].type == "blocks"
	input.links[i].direction == "outward"
	input.links[i].item.priority != ""
	input.links[i].item.state.category in {"todo", "in_progress"}
}

# later is when a blocker is planned, by its name, where that is after this item
# is to be finished. Iterations of two teams may lie differently: their last
# days are compared. Where one of the two has no iteration, the increments are.
later(blocker) := blocker.iteration.name if {
	input.subject.iteration.state in {"active", "future"}
	blocker.iteration.end > input.subject.iteration.end
} else := blocker.increment.name if {
	input.increment.start != ""
	blocker.increment.start > input.increment.start
}

# together is true when a blocker is to be finished while this item, whose
# iteration lies ahead, is worked on already.
together(blocker) if {
	input.subject.iteration.state == "future"
	blocker.iteration.end >= input.subject.iteration.start
	blocker.iteration.end <= input.subject.iteration.end
}
