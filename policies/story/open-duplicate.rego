package trackwarden.story

# METADATA
# title: Duplicate still open
# description: >-
#   An open story that a link marks as the duplicate of another one.
# related_resources:
#   - https://framework.scaledagile.com/team-backlog/
# custom:
#   why: >-
#     It is estimated, planned and perhaps built twice, and what is said on one of the two is not read on the
#     other.
#   remedy: Close it, after what is worth keeping went to the other one.
#   example: |
#     The second criterion of SHOP-160 is copied to SHOP-147, and SHOP-160 is closed as a duplicate.
#   practice: protect
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "story/open-duplicate",
	"evidence": {"duplicates": original},
	"message": sprintf("It is marked as a duplicate of %s, and still open.", [original]),
	"about": [original],
} if {
	input.facts.not_done == true
	some i
	input.links[i].type == "duplicates"
	input.links[i].direction == "outward"
	original := input.links[i].item.key
	input.links[i].item.state.category != "removed"
}
