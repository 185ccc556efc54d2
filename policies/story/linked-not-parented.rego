package trackwarden.story

# METADATA
# title: Linked to a feature, not under it
# description: >-
#   An open story without a parent that is related to a feature by a link. Bugs, enablers, spikes and chores may
#   stand alone.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     The feature does not count it: its progress, size and date are wrong by this story.
#   remedy: That feature as its parent, if it is a part of it.
#   example: |
#     SHOP-147 relates to SHOP-100 "One-click checkout": SHOP-100 becomes its parent, and the link goes.
#   practice: break-down
#   severity: info
#   bundles: [strict]
#   committed: true
#   grace: 1
violation contains {
	"policy": "story/linked-not-parented",
	"evidence": {"feature": feature},
	"message": sprintf("It has no parent, and a link to %s.", [feature]),
	"about": [feature],
} if {
	input.parent_ref == ""
	input.facts.not_done == true
	input.subject.item_kind == ""
	some i
	input.links[i].type == "relates"
	input.links[i].item.level == "feature"
	input.links[i].item.state.category in {"todo", "in_progress"}
	feature := input.links[i].item.key
}
