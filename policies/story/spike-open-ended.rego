package trackwarden.story

# METADATA
# title: Spike without an end
# description: >-
#   An open spike with neither an estimate nor a due date, and in no iteration: nothing says when to stop.
# related_resources:
#   - https://framework.scaledagile.com/spikes/
# custom:
#   why: >-
#     Learning has no natural end. Without a limit a spike becomes the work itself, unplanned and without
#     criteria.
#   remedy: An estimate, a due date or an iteration, and the question that it answers.
#   example: |
#     "Three days: does the new provider confirm in less than a second? Then we decide."
#   practice: readiness
#   severity: info
#   bundles: [strict]
#   committed: true
#   grace: 1
violation contains {
	"policy": "story/spike-open-ended",
	"evidence": {"limit": "none"},
	"message": "It has no estimate, no due date and no iteration.",
} if {
	input.subject.item_kind == "spike"
	input.facts.not_done == true
	input.subject.due == ""
	input.subject.iteration.name == ""
	not input.subject.points
}
