package trackwarden.story

# METADATA
# title: Open under a finished parent
# description: >-
#   An open story that nobody has begun, and whose parent is done or removed. Bugs found afterwards are let be.
#   One in progress is the matter of another policy.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     The feature counts as finished, so nobody will look for what is left of it, and it stays in the backlog
#     for ever.
#   remedy: Close it, or give it another parent.
#   example: |
#     "Gift wrapping in one click" was left when one-click checkout was done. Nobody has missed it: it is closed.
#     Or somebody did: it moves to the feature that follows.
#   practice: protect
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "story/parent-done",
	"evidence": {"parent": input.parent.key, "parent_state": input.parent.state.category},
	"message": sprintf("Its parent %s is %s.", [input.parent.key, input.parent.state.native]),
	"about": [input.parent.key],
} if {
	input.facts.not_done == true
	input.facts.active == false
	input.parent_ref == "known"
	input.parent.state.category in {"done", "removed"}
	input.subject.item_kind != "bug"
}
