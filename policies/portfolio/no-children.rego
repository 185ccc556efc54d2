package trackwarden.portfolio

# METADATA
# title: Nothing under it
# description: >-
#   An epic in progress under which there is no item at all. Whether its children are all known is checked
#   first.
# related_resources:
#   - https://framework.scaledagile.com/epic/
# custom:
#   why: >-
#     An epic without features is an intention. It stays in progress for ever, and nobody works on it.
#   remedy: A first feature that would show whether the epic is worth it.
#   example: |
#     The minimum viable product as the first feature: pay with a saved card on the phone.
#   practice: break-down
#   severity: warning
#   bundles: [strict]
#   committed: true
#   grace: 14
violation contains {
	"policy": "portfolio/no-children",
	"evidence": {"children": "none"},
	"message": sprintf("It is in %s, and nothing is under it.", [input.subject.state.native]),
} if {
	input.facts.active == true
	input.facts.children_known == true
	input.children == []
}
