package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: WSJF incomplete
# description: >-
#   An open feature of which not all four inputs of Weighted Shortest Job First are set: value, time
#   criticality, risk reduction or opportunity enablement, and job size. Where people do not use one of them, it
#   is not asked for.
# related_resources:
#   - https://framework.scaledagile.com/wsjf/
# custom:
#   why: >-
#     A feature that cannot be compared is put in its place by whoever speaks last.
#   remedy: The missing inputs, each compared with the other features of the train.
#   example: |
#     Value 8, criticality 13, risk 2, size 5.
#   practice: prioritise
#   severity: warning
#   bundles: [strict, safe-planning]
#   requires: [wsjf_value, wsjf_criticality, wsjf_risk, wsjf_size]
#   grace: 14
violation contains {
	"policy": "feature/wsjf-incomplete",
	"evidence": {"missing": feature_wsjf_missing},
	"message": sprintf("Not set: %s.", [kin.named(feature_wsjf_missing)]),
} if {
	input.facts.not_done == true
	feature_wsjf_missing != []
}

feature_wsjf_missing := [input_name |
	some input_name in ["value", "criticality", "risk", "size"]
	not input.subject.wsjf[input_name]
]
