package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_no_design := object.union(
	{
		"settings": {
			"story/no-design": {
				"asked_for": [],
				"headings": [
					"design",
					"mockup",
					"mock-up",
					"wireframe",
					"prototype",
					"entwurf",
					"layout",
				],
			},
		},
	},
	example.story({
		"settings": {"story/no-design": {"asked_for": ["ux"]}},
		"subject": {"labels": ["ux"]},
	}),
)

said_no_design(changes) := found if {
	all := story.violation with input as object.union(healthy_no_design, changes)
	found := example.said("story/no-design", all)
}

test_no_design_heading if said_no_design({"text": {"headings": ["DESIGN and more"]}}) == set()

test_no_design_no_heading if said_no_design({}) == {{
	"policy": "story/no-design",
	"evidence": {"heading": "none"},
	"message": "There is no heading for the design.",
}}

test_no_design_by_its_component if count(said_no_design({"subject": {"labels": [], "components": ["UX"]}})) == 1

test_no_design_other_label if said_no_design({"subject": {"labels": ["app"]}}) == set()

test_no_design_nothing_in_the_settings if said_no_design({"settings": {"story/no-design": {"asked_for": []}}}) == set()

test_no_design_done if said_no_design({"facts": {"not_done": false}}) == set()

test_no_design_cut_text if said_no_design({"text": {"truncated": true}}) == set()

test_no_design_hostile_heading if count(said_no_design({"text": {"headings": ["%s <script>"]}})) == 1
