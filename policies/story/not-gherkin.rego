package trackwarden.story

# METADATA
# title: No scenarios
# description: >-
#   An open story with acceptance criteria of which none is written as a scenario with Given, When and Then.
#   Only for teams that have agreed on this form: add the bundle gherkin.
# related_resources:
#   - https://cucumber.io/docs/gherkin/reference/
#   - https://framework.scaledagile.com/behavior-driven-development/
# custom:
#   why: >-
#     A team that tests by scenarios has to write them anyway. Written by those who know the need, they say what
#     is meant by an example.
#   remedy: >-
#     One criterion as a scenario: Given, When, Then.
#   example: |
#     Given a saved card, when I tap Buy, then the order is placed and the price with shipping was shown before.
#   practice: readiness
#   severity: info
#   bundles: [gherkin]
#   requires: [acceptance_criteria]
#   grace: 1
#   params:
#     words:
#       default: [given, when, then, scenario, angenommen, gegeben, wenn, dann, szenario]
#       description: The words that a scenario or a step of it begins with.
violation contains {
	"policy": "story/not-gherkin",
	"evidence": {"scenarios": "none"},
	"message": "No criterion is written as a scenario.",
} if {
	input.facts.not_done == true
	input.text.truncated == false
	input.text.criteria != []
	beginnings := [lower(word) | some word in input.settings["story/not-gherkin"].words]
	told := [lower(trim_space(criterion)) | some criterion in input.text.criteria]
	not strings.any_prefix_match(told, beginnings)
}
