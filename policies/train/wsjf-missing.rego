package trackwarden.train

# METADATA
# title: Features without WSJF
# description: >-
#   Of the features that wait to be begun too large a share lacks an input of WSJF. Where none has any, WSJF is
#   not used, and nothing is said.
# related_resources:
#   - https://framework.scaledagile.com/wsjf/
# custom:
#   why: >-
#     What has no number is put in its place by whoever speaks last.
#   remedy: The missing inputs, in one round with the teams.
#   example: |
#     Half an hour: first all job sizes, then all values.
#   practice: prioritise
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     percent: {default: 20, description: The largest share without.}
violation contains {
	"policy": "train/wsjf-missing",
	"evidence": {"wsjf": "missing"},
	"message": sprintf("%d of %d features that wait lack an input of WSJF.", [input.set.rank.without_wsjf, input.set.rank.features]),
	"about": [item.key | some item in input.set.rank.unscored],
} if {
	input.level == "train"
	input.set.rank.without_wsjf < input.set.rank.features
	input.set.rank.without_wsjf * 100 > input.settings["train/wsjf-missing"].percent * input.set.rank.features
}
