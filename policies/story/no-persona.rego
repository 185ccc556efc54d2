package trackwarden.story

# METADATA
# title: No persona
# description: >-
#   An open story that names nobody for whom it is done: no persona in the field, no "As a …" in its text.
#   Enablers, bugs, spikes and chores need none.
# related_resources:
#   - https://framework.scaledagile.com/customer-centricity/
#   - https://framework.scaledagile.com/design-thinking/
# custom:
#   why: >-
#     Without somebody in mind, every detail is a matter of taste, and the one who has to live with it is not in
#     the room.
#   remedy: The persona in its field, or "As a …" in the story.
#   example: |
#     Busy parent: has one hand free, and four minutes until the bus comes.
#   practice: customer
#   severity: info
#   bundles: [strict]
#   requires: [persona]
#   grace: 1
violation contains {
	"policy": "story/no-persona",
	"evidence": {"persona": "none"},
	"message": "It names nobody for whom it is done.",
} if {
	input.subject.persona == ""
	input.subject.item_kind == ""
	input.text.role == ""
	input.facts.not_done == true
	input.text.truncated == false
}
