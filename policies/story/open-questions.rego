package trackwarden.story

# METADATA
# title: Open questions in planned work
# description: >-
#   A story in an iteration, or in progress, whose description still has a heading that begins like Open
#   questions.
# related_resources:
#   - https://framework.scaledagile.com/backlog-refinement/
#   - https://framework.scaledagile.com/product-owner/
# custom:
#   why: >-
#     A question that is open when work begins is answered by whoever builds it, or stops the work.
#   remedy: The answers in the text, and the heading gone.
#   example: |
#     "Open question: what about guests?" becomes a criterion: "A guest is asked for an address first".
#   practice: feedback
#   severity: info
#   bundles: [strict]
#   committed: true
#   params:
#     headings:
#       default: [open question, open point, to be clarified, to clarify, offene frage, offener punkt, offene punkte, zu klären, noch zu klären]
#       description: How such headings begin, in small letters.
violation contains {
	"policy": "story/open-questions",
	"evidence": {"heading": substring(heading, 0, 200)},
	"message": sprintf("It is to be worked on, and has the heading “%s”.", [heading]),
} if {
	input.facts.not_done == true
	some heading in input.text.headings
	strings.any_prefix_match(lower(heading), input.settings["story/open-questions"].headings)
	{input.subject.iteration.state, input.subject.state.category} & {"active", "future", "in_progress"} != set()
}
