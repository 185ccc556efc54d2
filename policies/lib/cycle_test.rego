package trackwarden.lib.cycle_test

import data.trackwarden.lib.cycle

test_one if cycle.message == "A-1 waits for itself." with input as {"facts": {"cycle": ["A-1"]}}

test_two if cycle.message == "A-1 and B-2 wait for each other." with input as {"facts": {"cycle": ["A-1", "B-2"]}}

# A large circle does not make the evidence too large to be kept.
test_a_large_circle if {
	keys := [sprintf("KEY-%d", [i]) | some i in numbers.range(1000, 1999)]
	evidence := cycle.evidence with input as {"facts": {"cycle": keys}}
	evidence.size == 1000
	count(evidence.cycle) == 20
	cycle.shown == evidence.cycle with input as {"facts": {"cycle": keys}}
	message := cycle.message with input as {"facts": {"cycle": keys}}
	message == "KEY-1000, KEY-1001, KEY-1002, KEY-1003, KEY-1004 and 995 more wait for each other."
}
