package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_no_test_notes := object.union(
	{
		"settings": {
			"story/no-test-notes": {
				"asked_for": [],
				"headings": ["test", "qa", "verification", "prüfung"],
			},
		},
	},
	example.story({
		"settings": {"story/no-test-notes": {"asked_for": ["payment"]}},
		"subject": {"labels": ["payment"]},
	}),
)

said_no_test_notes(changes) := found if {
	all := story.violation with input as object.union(healthy_no_test_notes, changes)
	found := example.said("story/no-test-notes", all)
}

test_no_test_notes_heading if said_no_test_notes({"text": {"headings": ["TEST and more"]}}) == set()

test_no_test_notes_no_heading if said_no_test_notes({}) == {{
	"policy": "story/no-test-notes",
	"evidence": {"heading": "none"},
	"message": "There is no heading for how it is tested.",
}}

test_no_test_notes_by_its_component if count(said_no_test_notes({"subject": {"labels": [], "components": ["PAYMENT"]}})) == 1

test_no_test_notes_other_label if said_no_test_notes({"subject": {"labels": ["app"]}}) == set()

test_no_test_notes_nothing_in_the_settings if said_no_test_notes({"settings": {"story/no-test-notes": {"asked_for": []}}}) == set()

test_no_test_notes_done if said_no_test_notes({"facts": {"not_done": false}}) == set()

test_no_test_notes_cut_text if said_no_test_notes({"text": {"truncated": true}}) == set()

test_no_test_notes_hostile_heading if count(said_no_test_notes({"text": {"headings": ["%s <script>"]}})) == 1
