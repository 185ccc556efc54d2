package trackwarden.feature

# METADATA
# title: Due date moved often
# description: >-
#   An open feature whose due date was changed several times while it was in progress.
# related_resources:
#   - https://framework.scaledagile.com/inspect-and-adapt/
# custom:
#   why: >-
#     A date that moves with each report is no plan. Mostly the feature is too big, or waits for something that
#     nobody names.
#   remedy: Say what is in the way, split the feature, or take the date off.
#   example: |
#     "Waits for the certificate. Without it no date; the rest is now SHOP-160."
#   practice: inspect-adapt
#   severity: info
#   bundles: [strict]
#   committed: true
#   params:
#     times: {default: 2, description: How often it may be changed.}
violation contains {
	"policy": "feature/due-date-moved",
	"evidence": {"moved": "often"},
	"message": sprintf("Its due date was changed %d times while it was in progress.", [input.facts.due_moved]),
} if {
	input.facts.not_done == true
	input.facts.due_moved > input.settings["feature/due-date-moved"].times
}
