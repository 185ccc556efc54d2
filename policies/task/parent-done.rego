package trackwarden.task

# METADATA
# title: Open under a finished story
# description: >-
#   An open task whose parent is done or removed.
# related_resources:
#   - https://framework.scaledagile.com/story/
#   - https://framework.scaledagile.com/iteration-execution/
# custom:
#   why: >-
#     The story counts as finished, so nobody looks for what is left of it.
#   remedy: Close it, or the story opened again.
#   example: |
#     "Write the help page" was left when SHOP-147 was done: it is closed, or becomes a story of its own.
#   practice: protect
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "task/parent-done",
	"evidence": {"parent": input.parent.key, "parent_state": input.parent.state.category},
	"message": sprintf("Its parent %s is %s.", [input.parent.key, input.parent.state.native]),
	"about": [input.parent.key],
} if {
	input.facts.not_done == true
	input.parent_ref == "known"
	input.parent.state.category in {"done", "removed"}
}
