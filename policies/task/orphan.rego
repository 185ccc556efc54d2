package trackwarden.task

# METADATA
# title: Task without a story
# description: >-
#   An open task that has no parent. A parent that exists and cannot be read with our rights is a parent.
# related_resources:
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     Nobody knows what it is a part of. On the board it is alone, and it is done last or never.
#   remedy: The story that it is a part of as its parent, or close it.
#   example: |
#     "Draw the button" gets the parent SHOP-147 "Pay with one click". A task that stands for itself is a story.
#   practice: break-down
#   severity: warning
#   bundles: [strict]
#   committed: true
#   grace: 1
violation contains {
	"policy": "task/orphan",
	"evidence": {"parent": "none"},
	"message": sprintf("This %s has no parent.", [input.subject.type]),
} if {
	input.parent_ref == ""
	input.facts.not_done == true
}
