package trackwarden.story

# METADATA
# title: No feature
# description: >-
#   An open story that has no parent. Bugs, enablers, spikes and chores may stand alone, as SAFe allows. A parent that
#   exists and cannot be read with our rights is a parent.
# related_resources:
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     A story without a feature serves no purpose that was agreed on. It takes capacity from the features of the
#     increment, and nobody sees that it does.
#   remedy: The feature that it serves as its parent, or close it.
#   example: |
#     SHOP-147 "Pay with one click" has the parent SHOP-100 "One-click checkout". A parent in the other tracker
#     counts too, when a link leads to it.
#   practice: break-down
#   severity: warning
#   bundles: [recommended, strict]
#   committed: true
#   grace: 1
violation contains {
	"policy": "story/orphan",
	"evidence": {"parent": "none"},
	"message": sprintf("This %s has no parent.", [input.subject.type]),
} if {
	input.parent_ref == ""
	input.facts.not_done == true
	input.subject.item_kind == ""
}
