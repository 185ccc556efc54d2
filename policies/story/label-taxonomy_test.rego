package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_label_taxonomy := object.union(
	{"settings": {"story/label-taxonomy": {"groups": []}}},
	example.story({
		"settings": {"story/label-taxonomy": {"groups": ["type:", "size:"]}},
		"subject": {"labels": ["app", "type:feature", "Size:s"]},
	}),
)

said_label_taxonomy(changes) := found if {
	all := story.violation with input as object.union(healthy_label_taxonomy, changes)
	found := example.said("story/label-taxonomy", all)
}

test_label_taxonomy_one_of_each if said_label_taxonomy({}) == set()

test_label_taxonomy_none_of_a_group if said_label_taxonomy({"subject": {"labels": ["type:feature"]}}) == {{
	"policy": "story/label-taxonomy",
	"evidence": {"group": "size:", "labels": []},
	"message": "Labels that begin with “size:”: 0; agreed is one.",
}}

test_label_taxonomy_two_of_a_group if {
	some v in said_label_taxonomy({"subject": {"labels": ["type:feature", "size:s", "size:m"]}})
	v.message == "Labels that begin with “size:”: 2; agreed is one."
}

test_label_taxonomy_nothing_of_both if count(said_label_taxonomy({"subject": {"labels": []}})) == 2

test_label_taxonomy_no_groups_in_the_settings if {
	said_label_taxonomy({"subject": {"labels": []}, "settings": {"story/label-taxonomy": {"groups": []}}}) == set()
}

test_label_taxonomy_an_empty_group if {
	said_label_taxonomy({"subject": {"labels": []}, "settings": {"story/label-taxonomy": {"groups": [""]}}}) == set()
}

test_label_taxonomy_done if said_label_taxonomy({"subject": {"labels": []}, "facts": {"not_done": false}}) == set()

test_label_taxonomy_hostile if {
	some v in said_label_taxonomy({"subject": {"labels": ["type:%s", "type:<b>", "size:m"]}})
	v.message == "Labels that begin with “type:”: 2; agreed is one."
}
