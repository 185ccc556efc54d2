package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

two_in_one(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/two-in-one": {"joints": [" and ", " und ", " & ", "; "]}}}, changes))
	found := example.said("feature/two-in-one", all)
}

test_two_in_one_one if two_in_one({}) == set()

test_two_in_one_joined if two_in_one({"subject": {"title": "Saved cards and gift cards"}}) == {{
	"policy": "feature/two-in-one",
	"evidence": {"joint": [" and "]},
	"message": "The title joins two things by \"and\".",
}}

test_two_in_one_german if count(two_in_one({"subject": {"title": "Karten und Gutscheine"}})) == 1

test_two_in_one_within_a_word if two_in_one({"subject": {"title": "Brand landing page"}}) == set()

test_two_in_one_sign if count(two_in_one({"subject": {"title": "Search & filter"}})) == 1

test_two_in_one_done if two_in_one({"subject": {"title": "A and B"}, "facts": {"not_done": false}}) == set()

test_two_in_one_hostile if two_in_one({"subject": {"title": "%s <script>@all\u0000"}}) == set()
