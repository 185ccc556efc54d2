package trackwarden.lib.say_test

import data.trackwarden.lib.say

test_a_date_in_words if say.date("2026-11-20") == "20 Nov 2026"

test_no_leading_zero if say.date("2026-05-08") == "8 May 2026"

test_what_is_no_date_stays if {
	say.date("soon") == "soon"
	say.date("2026-13-01") == "2026-13-01"
	say.date("a-b-c") == "a-b-c"
	say.date("2026-11-20-1") == "2026-11-20-1"
	say.date("") == ""
}

test_since_a_date if say.since("2026-11-20") == " since 20 Nov 2026"

test_since_an_unknown_date if say.since("") == ""

test_two if say.list(["A-1", "B-2"]) == "A-1 and B-2"

test_five if say.list(["A", "B", "C", "D", "E"]) == "A, B, C, D and E"

test_six if say.list(["A", "B", "C", "D", "E", "F"]) == "A, B, C, D, E and 1 more"

test_tenths_are_cut if {
	say.tenths(0.99) == 0.9
	say.tenths(12.04) == 12
	say.tenths(3) == 3
}
