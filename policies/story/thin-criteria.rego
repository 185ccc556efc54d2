package trackwarden.story

# METADATA
# title: Thin acceptance criteria
# description: >-
#   An open story whose acceptance criteria have only a few letters together, such as "works".
# related_resources:
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     A word or two are agreed on quickly, because everybody reads something else into them.
#   remedy: A sentence that somebody who was not there could check.
#   example: |
#     "Works on phone" becomes "On a phone with a small screen, every button can be reached with one thumb".
#   practice: readiness
#   severity: info
#   bundles: [strict]
#   requires: [acceptance_criteria]
#   grace: 1
#   params:
#     min_letters: {default: 30, description: The fewest letters of all criteria together.}
violation contains {
	"policy": "story/thin-criteria",
	"evidence": {"criteria": substring(said, 0, 200)},
	"message": sprintf("All that they say is: %s.", [trim_right(said, ".")]),
} if {
	input.facts.not_done == true
	input.text.truncated == false
	count(input.text.criteria[0]) < input.settings["story/thin-criteria"].min_letters
	said := concat("; ", input.text.criteria)
	count(said) < input.settings["story/thin-criteria"].min_letters
}
