package trackwarden.feature

# METADATA
# title: No description
# description: >-
#   An open feature whose description has not a single word. A picture alone is no description: it cannot be
#   searched or read aloud.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     Whoever meets the feature in planning has only its title, and everybody reads something else into it.
#   remedy: Two sentences that say who has which problem today.
#   example: |
#     "Returning customers type their card at each order. One in three gives up there."
#   practice: readiness
#   severity: warning
#   bundles: [strict]
#   requires: [description]
#   committed: true
#   grace: 1
violation contains {
	"policy": "feature/no-description",
	"evidence": {"description": "none"},
	"message": "The description is empty.",
} if {
	input.facts.not_done == true
	input.text.truncated == false
	input.text.words == 0
}
