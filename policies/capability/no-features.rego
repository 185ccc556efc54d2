package trackwarden.capability

# METADATA
# title: No features
# description: >-
#   An open capability under which there is no item at all. Whether its children are all known is checked first.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     Trains plan features. A capability without any is in nobody's plan.
#   remedy: A feature for each train that has a part in it.
#   example: |
#     "Saved cards" for the train Retail, "Card vault" for the train Platform.
#   practice: break-down
#   severity: warning
#   bundles: [strict]
#   committed: true
#   grace: 14
violation contains {
	"policy": "capability/no-features",
	"evidence": {"children": "none"},
	"message": sprintf("Nothing is planned under this %s.", [input.subject.type]),
} if {
	input.facts.not_done == true
	input.facts.children_known == true
	input.children == []
}
