package trackwarden.increment

# METADATA
# title: Risk without ROAM
# description: >-
#   The increment has begun, and a risk to it was neither resolved, nor owned, accepted or mitigated.
# related_resources:
#   - https://framework.scaledagile.com/pi-planning/
# custom:
#   why: >-
#     A risk that was written down in planning and left lying is one that everybody knew.
#   remedy: >-
#     What was agreed: resolved, owned, accepted or mitigated.
#   example: |
#     Owned by the architect until 11 Dec.
#   practice: planning
#   severity: warning
#   bundles: [safe-planning]
violation contains {
	"policy": "increment/risks-not-dealt-with",
	"evidence": {"risk": risk.title},
	"message": sprintf("The risk \"%s\" was not dealt with.", [risk.title]),
} if {
	input.level == "increment"
	input.set.increments.judged.state == "active"
	some risk in input.set.risks
	risk.roam == ""
}
