package trackwarden.story

# METADATA
# title: Labels outside the agreed scheme
# description: >-
#   An open story that does not have exactly one label of each group in the settings. Groups are named by how
#   their labels begin. Without groups in the settings it asks nothing.
# related_resources:
#   - https://docs.gitlab.com/user/project/labels/
# custom:
#   why: >-
#     A board or a report by labels counts wrong: what has no label of the group is missing, and what has two is
#     there twice.
#   remedy: Exactly one label of each group.
#   example: |
#     With the groups `type:` and `size:`, the labels type:feature and size:s are right; size:s beside size:m is
#     not.
#   practice: integrity
#   severity: info
#   bundles: [strict]
#   committed: true
#   grace: 1
#   params:
#     groups: {default: [], description: How the labels of each group begin.}
violation contains {
	"policy": "story/label-taxonomy",
	"evidence": {"group": group, "labels": sort(found)},
	"message": sprintf("Labels that begin with “%s”: %d; agreed is one.", [group, count(found)]),
} if {
	input.facts.not_done == true
	some group in input.settings["story/label-taxonomy"].groups
	group != ""
	found := [label | some label in input.subject.labels; startswith(lower(label), lower(group))]
	count(found) != 1
}
