package trackwarden.team

import data.trackwarden.lib.kin

# METADATA
# title: Several items blocked
# description: >-
#   Several open items of the team are blocked: by their state, a label, or because they are in progress and
#   wait for something that is not done.
# related_resources:
#   - https://framework.scaledagile.com/scrum-of-scrums/
# custom:
#   why: >-
#     One blocked item is bad luck, several are a pattern. Somebody outside the team has to help, and does not
#     know it.
#   remedy: Raise them together at the next sync of the train.
#   example: |
#     PLAT-88 and PLAT-91 both wait for the test account: one request for both.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   params:
#     least: {default: 3, description: From how many on it is said.}
violation contains {
	"policy": "team/blocked-work",
	"evidence": {"blocked": blocked_ids},
	"message": sprintf("%d items are blocked: %s.", [input.set.items.blocked, kin.named(blocked_keys)]),
	"about": blocked_keys,
} if {
	input.level == "team"
	input.set.items.blocked >= input.settings["team/blocked-work"].least
	count(blocked_keys) > 0
}

blocked_ids := array.slice(sort([b.item.id | some b in input.set.blocked]), 0, 10)

blocked_keys := array.slice(sort([b.item.key | some b in input.set.blocked]), 0, 10)
