package trackwarden.story

# METADATA
# title: A user story begun twice
# description: >-
#   An open business story whose user story has a role, a wish or a reason twice: "so that … so that".
# related_resources:
#   - https://doi.org/10.1007/s00766-016-0250-x
# custom:
#   why: >-
#     Two reasons or two wishes are two stories, or a chain of which nobody knows the link that counts.
#   remedy: >-
#     The part that counts, once.
#   example: |
#     "… so that the doctor sees a fever early so that treatment begins in time" becomes "… so that treatment begins in
#     time".
#   practice: readiness
#   severity: info
#   bundles: [story-text]
#   grace: 1
violation contains {
	"policy": "story/repeated-markers",
	"evidence": {"repeated": sort(input.text.story.repeated)},
	"message": sprintf("The user story says twice: %s.", [concat(", ", [repeated_markers[part] | some part in input.text.story.repeated])]),
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	input.text.story.repeated != []
}

repeated_markers := {"role": "who wants it", "means": "what is wanted", "ends": "what it is good for"}
