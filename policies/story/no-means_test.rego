package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_no_means := example.story({})

said_no_means(changes) := found if {
	all := story.violation with input as object.union(healthy_no_means, changes)
	found := example.said("story/no-means", all)
}

test_no_means_there if said_no_means({}) == set()

test_no_means_missing if said_no_means({"text": {"story": {"missing": ["means"]}}}) == {{
	"policy": "story/no-means",
	"evidence": {"missing": "means"},
	"message": "The user story does not say what is wanted.",
}}

test_no_means_others_missing if said_no_means({"text": {"story": {"missing": ["role", "ends"]}}}) == set()

test_no_means_all_missing if count(said_no_means({"text": {"story": {"missing": ["role", "means", "ends"]}}})) == 1

test_no_means_no_story_at_all if said_no_means({"text": {"story": {"language": "", "sentence": "", "missing": []}}}) == set()

test_no_means_bug if said_no_means({"text": {"story": {"missing": ["means"]}}, "subject": {"item_kind": "bug"}}) == set()

test_no_means_enabler if said_no_means({"text": {"story": {"missing": ["means"]}}, "subject": {"item_kind": "enabler"}}) == set()

test_no_means_done if said_no_means({"text": {"story": {"missing": ["means"]}}, "facts": {"not_done": false}}) == set()

test_no_means_hostile if count(said_no_means({"text": {"story": {"missing": ["means"], "sentence": "%d <b>@all\u0000"}}})) == 1
