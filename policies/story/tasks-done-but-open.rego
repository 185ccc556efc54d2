package trackwarden.story

# METADATA
# title: All tasks done, still open
# description: >-
#   An open story under which everything is finished. Whether its tasks are all known is checked first.
# related_resources:
#   - https://framework.scaledagile.com/iteration-execution/
# custom:
#   why: >-
#     It is finished and nobody says so, or a part of it has no task. The burn-down and the Product Owner wait
#     for it.
#   remedy: Show it and close it, or a task for what is left.
#   example: |
#     All four tasks are done on Tuesday: the Product Owner looks at it on Wednesday instead of in the review.
#   practice: execution
#   severity: info
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "story/tasks-done-but-open",
	"evidence": {"tasks": "done"},
	"message": sprintf("Everything under it is done, and it is %s.", [input.subject.state.native]),
} if {
	input.facts.not_done == true
	input.facts.children_known == true
	input.children[0].key
	tasks := [input.children[i].state.category | some i; input.children[i].key]
	"done" in tasks
	every category in tasks {
		category in {"done", "removed"}
	}
}
