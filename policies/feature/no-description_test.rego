package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

no_description(changes) := found if {
	all := feature.violation with input as example.feature(changes)
	found := example.said("feature/no-description", all)
}

test_no_description_there if no_description({}) == set()

test_no_description_none if no_description({"text": {"words": 0}}) == {{
	"policy": "feature/no-description",
	"evidence": {"description": "none"},
	"message": "The description is empty.",
}}

test_no_description_one_word if no_description({"text": {"words": 1}}) == set()

test_no_description_done if no_description({"text": {"words": 0}, "facts": {"not_done": false}}) == set()

test_no_description_cut if no_description({"text": {"words": 0, "truncated": true}}) == set()

test_no_description_hostile if count(no_description({"text": {"words": 0}, "subject": {"title": "%s <script>@all\u0000"}})) == 1
