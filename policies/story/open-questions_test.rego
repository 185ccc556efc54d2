package trackwarden.story_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.story

healthy_open_questions := object.union(
	example.story({"text": {"headings": ["Context", "Open Questions"]}}),
	{
		"settings": {
			"story/open-questions": {
				"headings": [
					"open question",
					"open point",
					"to be clarified",
					"to clarify",
					"offene frage",
					"offener punkt",
					"offene punkte",
					"zu klären",
					"noch zu klären",
				],
			},
		},
	},
)

said_open_questions(changes) := found if {
	all := story.violation with input as object.union(healthy_open_questions, changes)
	found := example.said("story/open-questions", all)
}

test_open_questions_planned if said_open_questions({}) == {{
	"policy": "story/open-questions",
	"evidence": {"heading": "Open Questions"},
	"message": "It is to be worked on, and has the heading “Open Questions”.",
}}

test_open_questions_in_progress_without_an_iteration if {
	count(said_open_questions({"subject": {"iteration": {"name": "", "state": ""}, "state": {"category": "in_progress"}}})) == 1
}

test_open_questions_german if count(said_open_questions({"text": {"headings": ["Offene Fragen:"]}})) == 1

test_open_questions_other_headings if said_open_questions({"text": {"headings": ["Context", "Questions and answers"]}}) == set()

test_open_questions_no_headings if said_open_questions({"text": {"headings": []}}) == set()

test_open_questions_in_the_backlog if said_open_questions({"subject": {"iteration": {"name": "", "state": ""}}}) == set()

test_open_questions_done if said_open_questions({"facts": {"not_done": false}}) == set()

test_open_questions_hostile if {
	some v in said_open_questions({"text": {"headings": ["Open question %s<b>"]}})
	v.message == "It is to be worked on, and has the heading “Open question %s<b>”."
}
