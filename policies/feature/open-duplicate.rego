package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: Duplicate, still open
# description: >-
#   An open feature that is linked as a duplicate of another item.
# related_resources:
#   - https://framework.scaledagile.com/program-backlog/
# custom:
#   why: >-
#     Two of the same are estimated twice, planned twice, and sometimes built twice.
#   remedy: Close it, and move what only it says to the other one.
#   example: |
#     Copy the second criterion to SHOP-148, then close this one as a duplicate.
#   practice: protect
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "feature/open-duplicate",
	"evidence": {"duplicates": feature_duplicated},
	"message": sprintf("It is linked as a duplicate of %s.", [kin.named(feature_duplicated)]),
	"about": feature_duplicated,
} if {
	input.facts.not_done == true
	feature_duplicated != []
}

feature_duplicated := kin.keys([link.item |
	some link in input.links
	link.type == "duplicates"
	link.direction == "outward"
	link.item != null
])
