package trackwarden.story

# METADATA
# title: Few acceptance criteria
# description: >-
#   An open story that has acceptance criteria, but fewer than usual. One without any is the matter of another
#   policy.
# related_resources:
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     A single criterion is mostly the title said again. The cases that go wrong later are those that nobody
#     named: the empty basket, the refused card.
#   remedy: One more check that can be answered yes or no.
#   example: |
#     - The price with shipping is shown before the click.
#     - A refused card is said so, and nothing is ordered.
#   practice: readiness
#   severity: info
#   bundles: [strict]
#   requires: [acceptance_criteria]
#   grace: 1
#   params:
#     min: {default: 2, description: The fewest criteria that a story should have.}
violation contains {
	"policy": "story/few-criteria",
	"evidence": {"criteria": found},
	"message": sprintf("Criteria found: %d.", [found]),
} if {
	input.facts.not_done == true
	input.text.truncated == false
	found := count(input.text.criteria)
	found < input.settings["story/few-criteria"].min
	found > 0
}
