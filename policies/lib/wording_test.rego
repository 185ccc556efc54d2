package trackwarden.lib.wording_test

import data.trackwarden.lib.wording

test_let_be if wording.let_be(["fast", "easy"], ["FAST", "x"]) == ["easy"]

test_let_be_nothing if wording.let_be(["fast"], []) == ["fast"]

test_own_words if wording.own("We go Live, soon-ish.", ["live", "soon", "", "go live"]) == ["live", "go live"]

test_own_at_the_ends if wording.own("Live", ["live"]) == ["live"]

test_own_hostile if wording.own("%s [a-z]+ (", ["%s", "[a-z]+", "("]) == []

test_quoted_one if wording.quoted(["fast"]) == `"fast"`

test_quoted_more if wording.quoted(["fast", "easy"]) == `"fast" and "easy"`

test_quoted_hostile if wording.quoted([`%d"`]) == `"%d\""`
