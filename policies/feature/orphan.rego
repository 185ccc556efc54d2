package trackwarden.feature

# METADATA
# title: No parent
# description: >-
#   An open feature with nothing above it. A parent that we may not read counts as one.
# related_resources:
#   - https://framework.scaledagile.com/epic/
# custom:
#   why: >-
#     A feature that belongs to no epic or theme is built because somebody asked for it. Nobody can say which
#     goal it serves when two of them compete.
#   remedy: The epic or capability that it is a part of.
#   example: |
#     "One-click checkout" belongs to the epic "Effortless buying". A feature that belongs to none may be
#     exempt.
#   practice: strategy
#   severity: warning
#   bundles: [strict]
#   requires: [parent]
#   committed: true
#   grace: 14
violation contains {
	"policy": "feature/orphan",
	"evidence": {"parent": "none"},
	"message": sprintf("Nothing is above this %s.", [input.subject.type]),
} if {
	input.facts.not_done == true
	input.parent_ref == ""
}
