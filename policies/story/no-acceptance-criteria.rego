package trackwarden.story

# METADATA
# title: No acceptance criteria
# description: >-
#   An open story for which no acceptance criterion was found: not in the field, not under such a heading in the
#   description, not in a checklist. Placeholders such as "tbd" do not count. A description that had to be cut
#   proves nothing and is let be.
# related_resources:
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     Without criteria nobody can say when the story is done. The team estimates one thing, builds another, and the
#     review becomes the place where the requirements are found.
#   remedy: Two checks that can be answered yes or no.
#   example: |
#     - The price with shipping is shown before the click.
#     - An order can be taken back for one minute.
#
#     Both can be answered with yes or no. "Checkout is fast" cannot; "a payment takes less than two seconds on a
#     phone" can. Scenarios with Given, When and Then count as well.
#   practice: readiness
#   severity: warning
#   bundles: [recommended, strict]
#   requires: [acceptance_criteria]
#   committed: true
#   grace: 1
#   writes: true
violation contains {
	"policy": "story/no-acceptance-criteria",
	"evidence": {"acceptance_criteria": "none"},
	"message": "The field is empty and there is no such heading.",
} if {
	input.facts.not_done == true
	input.text.truncated == false
	input.text.criteria == []
}
