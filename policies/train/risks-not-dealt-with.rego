package trackwarden.train

# METADATA
# title: Risk without ROAM
# description: >-
#   A risk of the train that was neither resolved, nor owned, accepted or mitigated, or that is owned by nobody.
#   Risks are in the planning files.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     A risk that was written down and left lying is one that everybody knew.
#   remedy: >-
#     What was agreed: resolved, owned (by whom), accepted or mitigated.
#   example: |
#     Owned by the architect until 11 Dec.
#   practice: planning
#   severity: warning
#   bundles: [strict, safe-planning]
violation contains {
	"policy": "train/risks-not-dealt-with",
	"evidence": {"risk": risk.title},
	"message": sprintf("The risk \"%s\" was not dealt with.", [risk.title]),
} if {
	input.level == "train"
	some risk in input.set.risks
	risk.roam == ""
}

violation contains {
	"policy": "train/risks-not-dealt-with",
	"evidence": {"risk": risk.title, "owner": "none"},
	"message": sprintf("The risk \"%s\" is owned by nobody.", [risk.title]),
} if {
	input.level == "train"
	some risk in input.set.risks
	risk.roam == "owned"
	risk.owner == ""
}
