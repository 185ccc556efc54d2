package trackwarden.feature

import data.trackwarden.lib.kin
import data.trackwarden.lib.say

# METADATA
# title: Due before its stories
# description: >-
#   An open feature with a due date before that of an open story under it.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     The two dates cannot both be true. Whoever plans by the feature is surprised by the story.
#   remedy: Move one of the two dates, or take the story out of the feature.
#   example: |
#     The feature is due on 13 Dec, SHOP-148 on 20 Dec: agree which of them holds.
#   practice: planning
#   severity: warning
#   bundles: [strict]
#   requires: [due]
#   committed: true
violation contains {
	"policy": "feature/due-before-stories",
	"evidence": {"due": input.subject.due, "later": feature_stories_due_later},
	"message": sprintf("It is due on %s, and %s later.", [say.date(input.subject.due), kin.named(feature_stories_due_later)]),
	"about": feature_stories_due_later,
} if {
	input.facts.not_done == true
	input.subject.due != ""
	feature_stories_due_later != []
}

feature_stories_due_later := kin.keys([c | some c in kin.open; c.due > input.subject.due])
