package trackwarden.train

# METADATA
# title: Investment off target
# description: >-
#   What is planned for the current increment is divided between kinds of work, or themes, otherwise than the
#   train wants. Counted in points where there are any, else in items. Targets are in the planning files.
# related_resources:
#   - https://framework.scaledagile.com/lean-budgets/
# custom:
#   why: >-
#     The mix is a decision about the future: without enablers every feature becomes slower, without business
#     work nobody pays.
#   remedy: Change the plan, or the target.
#   example: |
#     Enablers have 8 % of the points and shall have 20 %: plan "Card vault" instead of "Dark mode".
#   practice: strategy
#   severity: warning
#   bundles: [strict, safe-planning]
#   params:
#     points: {default: 10, description: How many percentage points the share may differ.}
violation contains {
	"policy": "train/investment-off-target",
	"evidence": {"kind": target.kind, "theme": target.theme, "share": direction},
	"message": sprintf("%s: %d %% of what is planned, and %v %% are wanted.", [investment_name(target), have, target.share]),
} if {
	input.level == "train"
	some target in input.set.investment
	have := investment_share(target)
	abs(have - target.share) > input.settings["train/investment-off-target"].points
	direction := investment_direction(have, target.share)
}

investment_part(target) := input.set.mix.planned.kinds[target.kind] if target.kind != ""

investment_part(target) := [part | some part in input.set.mix.planned.themes; part.name == target.theme][0] if target.kind == ""

investment_share(target) := round((investment_part(target).points * 100) / input.set.mix.planned.all.points) if {
	input.set.mix.planned.all.points > 0
} else := round((investment_part(target).items * 100) / input.set.mix.planned.all.items) if {
	input.set.mix.planned.all.items > 0
}

investment_name(target) := target.kind if target.kind != ""

investment_name(target) := target.theme if target.kind == ""

investment_direction(have, want) := "low" if have < want

investment_direction(have, want) := "high" if have > want
