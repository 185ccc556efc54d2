package trackwarden.increment

# METADATA
# title: Promises not kept
# description: >-
#   An increment that is over and evaluated brought less than a part of the value that its committed objectives
#   promised. More than 100 % is legitimate: objectives that were not committed count too.
# related_resources:
#   - https://framework.scaledagile.com/inspect-and-adapt/
# custom:
#   why: >-
#     Whoever plans with the train needs to know how far its promises carry.
#   remedy: What stood in the way, as an item of Inspect & Adapt with an owner.
#   example: |
#     Two teams waited for the test environment: one improvement story for Platform.
#   practice: inspect-adapt
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     percent: {default: 80, description: The smallest predictability in per cent.}
violation contains {
	"policy": "increment/unpredictable",
	"evidence": {"predictability": "low"},
	"message": sprintf("%s brought %v of %v points of planned value: %d %%.", [judged.name, judged.predictability.actual, judged.predictability.planned, round(judged.predictability.percent)]),
} if {
	input.level == "increment"
	judged := input.set.increments.judged
	judged.state == "past"
	judged.predictability.evaluated == true
	judged.predictability.percent < input.settings["increment/unpredictable"].percent
}
