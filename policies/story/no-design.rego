package trackwarden.story

import data.trackwarden.lib.words

# METADATA
# title: No design
# description: >-
#   An open story with one of the labels or components in the settings whose description has no heading for the
#   design. Without such labels or components in the settings it asks nothing.
# related_resources:
#   - https://framework.scaledagile.com/lean-ux/
# custom:
#   why: >-
#     A screen that is drawn while it is built is drawn twice, and discussed in the review.
#   remedy: A heading such as Design with the link to it.
#   example: |
#     Design: the link to the two screens, and what is still open in them.
#   practice: readiness
#   severity: info
#   bundles: [strict]
#   grace: 1
#   params:
#     asked_for: {default: [], description: Labels and components of the stories that are asked.}
#     headings:
#       default: [design, mockup, mock-up, wireframe, prototype, entwurf, layout]
#       description: Words in the heading, in small letters.
violation contains {
	"policy": "story/no-design",
	"evidence": {"heading": "none"},
	"message": "There is no heading for the design.",
} if {
	input.facts.not_done == true
	input.text.truncated == false
	input.settings["story/no-design"].asked_for[0]
	words.common(array.concat(input.subject.labels, input.subject.components), input.settings["story/no-design"].asked_for)
	not words.headed(input.settings["story/no-design"].headings)
}
