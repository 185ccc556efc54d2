package trackwarden.story

# METADATA
# title: No component
# description: >-
#   An open story without a component or, in Azure DevOps, in the root of the areas. Asked only where people use
#   that field.
# related_resources:
#   - https://learn.microsoft.com/azure/devops/organizations/settings/about-areas-iterations
# custom:
#   why: >-
#     It is on no board and in no list of the part of the product that it changes, and whoever looks after that
#     part does not see it.
#   remedy: The component or the area that it changes.
#   example: |
#     "Pay with one click" changes Checkout: that is its component, also while the search team works on it.
#   practice: integrity
#   severity: info
#   bundles: [strict]
#   requires: [component]
#   committed: true
#   grace: 1
violation contains {
	"policy": "story/no-component",
	"evidence": {"component": "none"},
	"message": "No part of the product is named.",
} if {
	input.facts.not_done == true
	input.subject.components == []
	not contains(input.subject.area, "\\")
}
