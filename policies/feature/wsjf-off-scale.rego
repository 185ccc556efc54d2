package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: WSJF off the scale
# description: >-
#   An open feature with an input of Weighted Shortest Job First that is not on the scale by which features are
#   compared.
# related_resources:
#   - https://framework.scaledagile.com/wsjf/
# custom:
#   why: >-
#     WSJF compares features with each other. Numbers of another scale, such as hours or money, make all sums
#     wrong.
#   remedy: >-
#     Values of the scale: 1, 2, 3, 5, 8, 13 or 20.
#   example: |
#     Size 40 was meant in days: the largest feature of the train has size 20.
#   practice: prioritise
#   severity: warning
#   bundles: [strict, safe-planning]
#   requires: [wsjf_value, wsjf_size]
#   params:
#     scale: {default: [1, 2, 3, 5, 8, 13, 20], description: The values that an input may have.}
violation contains {
	"policy": "feature/wsjf-off-scale",
	"evidence": {"off": feature_wsjf_off},
	"message": sprintf("Not on the scale: %s.", [kin.named(sort([sprintf("%s %v", [name, value]) | some name, value in feature_wsjf_off]))]),
} if {
	input.facts.not_done == true
	feature_wsjf_off != {}
}

feature_wsjf_off[name] := value if {
	some name, value in input.subject.wsjf
	not value in input.settings["feature/wsjf-off-scale"].scale
}
