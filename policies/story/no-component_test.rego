package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_no_component := example.story({"subject": {"components": []}})

said_no_component(changes) := found if {
	all := story.violation with input as object.union(healthy_no_component, changes)
	found := example.said("story/no-component", all)
}

test_no_component_component if said_no_component({"subject": {"components": ["Checkout"]}}) == set()

test_no_component_missing if said_no_component({}) == {{
	"policy": "story/no-component",
	"evidence": {"component": "none"},
	"message": "No part of the product is named.",
}}

test_no_component_area if said_no_component({"subject": {"area": "Shop\\Checkout"}}) == set()

test_no_component_root_of_the_areas if count(said_no_component({"subject": {"area": "Shop"}})) == 1

test_no_component_done if said_no_component({"facts": {"not_done": false}}) == set()

test_no_component_hostile if said_no_component({"subject": {"components": ["%s <script>"]}}) == set()
