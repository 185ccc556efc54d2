package trackwarden.story

# METADATA
# title: Done, with open tasks
# description: >-
#   A finished story under which something is still open.
# related_resources:
#   - https://framework.scaledagile.com/story/
#   - https://scrumguides.org/scrum-guide.html
# custom:
#   why: >-
#     Either the story is not done, or the tasks are old. Nobody can tell which, and what is left of the work is
#     on no board.
#   remedy: The tasks closed, or the story opened again.
#   example: |
#     "Write the help page" is still open under SHOP-147, which is done: it becomes an item of its own, or is
#     closed.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "story/done-with-open-tasks",
	"evidence": {"open": array.slice(sort(open), 0, 20)},
	"message": sprintf("It is %s, and open under it: %s.", [input.subject.state.native, concat(", ", array.slice(sort(open), 0, 5))]),
	"about": array.slice(sort(open), 0, 20),
} if {
	input.subject.state.category == "done"
	open := [input.children[i].key | some i; input.children[i].state.category in {"todo", "in_progress"}]
	open != []
}
