package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Active, no story begun
# description: >-
#   A feature in progress under which no story has been begun or finished. Whether all its children are known is
#   checked first.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     A feature is in progress when somebody works on a part of it. Otherwise the board shows more work than
#     there is, and limits on work in progress mean nothing.
#   remedy: Begin a story, or move the feature back.
#   example: |
#     Move "One-click checkout" back to the analysis column until a team has pulled its first story.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
#   grace: 3
violation contains {
	"policy": "feature/begun-without-stories",
	"evidence": {"begun": "none"},
	"message": sprintf("It is in %s, and of %s under it none has begun.", [input.subject.state.native, kin.counted(input.children)]),
} if {
	input.facts.active == true
	input.facts.children_known == true
	input.children != []
	not feature_has_begun
}

feature_has_begun if {
	some child in input.children
	not child.state.category in {"todo", "removed"}
}
