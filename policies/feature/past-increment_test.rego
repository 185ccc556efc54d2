package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

past_increment(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/past-increment", all)
}

test_past_increment_current if past_increment({}) == set()

test_past_increment_past if past_increment({"increment": {"name": "PI 26.3", "end": "2026-10-04"}}) == {{
	"policy": "feature/past-increment",
	"evidence": {"increment": "PI 26.3"},
	"message": "PI 26.3 ended on 4 Oct 2026, and it is still open.",
}}

test_past_increment_last_day if past_increment({"increment": {"end": "2026-11-24"}}) == set()

test_past_increment_next_day if count(past_increment({"increment": {"end": "2026-11-23"}})) == 1

test_past_increment_unplanned if past_increment({"increment": {"name": "", "start": "", "end": ""}}) == set()

test_past_increment_done if past_increment({"increment": {"end": "2026-10-04"}, "facts": {"not_done": false}}) == set()

test_past_increment_active if count(past_increment({"increment": {"end": "2026-10-04"}, "facts": {"active": true}})) == 1
