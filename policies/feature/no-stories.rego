package trackwarden.feature

# METADATA
# title: No stories
# description: >-
#   An open feature under which there is no item at all. Whether the children of a feature are all known is checked
#   first.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     A feature without stories cannot be planned: nobody can estimate it, and no team can take a part of it.
#   remedy: One story that can be finished within an iteration.
#   example: |
#     One-click checkout: "Save a card", "Pay with a saved card", "Take an order back". One of them is enough to begin.
#   practice: break-down
#   severity: warning
#   bundles: [recommended, strict]
#   committed: true
#   grace: 14
#   writes: true
violation contains {
	"policy": "feature/no-stories",
	"evidence": {"children": "none"},
	"message": sprintf("Nothing is planned under this %s.", [input.subject.type]),
} if {
	input.facts.not_done == true
	input.facts.children_known == true
	not input.children[0].key # cheaper than the whole list
}
