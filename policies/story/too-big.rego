package trackwarden.story

# METADATA
# title: Too big
# description: >-
#   An open story with more points than a story here should have. One without an estimate is not too big.
# related_resources:
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     A story that does not fit into an iteration is carried over, hides its progress and makes every forecast wrong.
#   remedy: Smaller stories, each of them finished within one iteration.
#   example: |
#     "One-click checkout on all devices" becomes "on the phone", "on the tablet" and "for guests": each can be shown
#     on its own.
#   practice: break-down
#   severity: warning
#   bundles: [recommended, strict]
#   requires: [points]
#   params:
#     max_points: {default: 13, description: The most points that a story should have.}
violation contains {
	"policy": "story/too-big",
	"evidence": {"points": input.subject.points},
	"message": sprintf("It has %v points; %v is the most for one %s.", [input.subject.points, limit, input.subject.type]),
} if {
	input.facts.not_done == true
	limit := input.settings["story/too-big"].max_points
	input.subject.points > limit
}
