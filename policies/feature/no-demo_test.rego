package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

no_demo(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/no-demo": {"words": ["demo", "review", "feedback", "vorgeführt", "rückmeldung"], "days": 7, "until": 90}}}, changes))
	found := example.said("feature/no-demo", all)
}

test_no_demo_open_feature if no_demo({}) == set()

test_no_demo_not_shown if no_demo({"subject": {"state": {"category": "done", "since": "2026-11-14"}}, "facts": {"state_days": 10, "not_done": false}}) == {{
	"policy": "feature/no-demo",
	"evidence": {"demo": "none", "done": "2026-11-14"},
	"message": "Done since 14 Nov 2026; nothing says that it was shown to anybody.",
}}

test_no_demo_label if no_demo({"subject": {"labels": ["demoed-2026-11"], "state": {"category": "done"}}, "facts": {"state_days": 10}}) == set()

test_no_demo_heading if no_demo({"subject": {"state": {"category": "done"}}, "facts": {"state_days": 10}, "text": {"headings": ["Feedback of Support"]}}) == set()

test_no_demo_just_done if no_demo({"subject": {"state": {"category": "done"}}, "facts": {"state_days": 6}}) == set()

test_no_demo_long_ago if no_demo({"subject": {"state": {"category": "done"}}, "facts": {"state_days": 91}}) == set()

test_no_demo_unknown_date if example.said("feature/no-demo", feature.violation) == set() with input as {"subject": {"state": {"category": "done"}, "labels": []}, "text": {"truncated": false, "headings": []}, "facts": {}}
