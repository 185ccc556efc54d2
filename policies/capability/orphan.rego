package trackwarden.capability

# METADATA
# title: No parent
# description: >-
#   An open capability with nothing above it. A parent that we may not read counts as one.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     A capability spans several trains. One that belongs to no epic was funded by nobody.
#   remedy: The epic that it is a part of.
#   example: |
#     "Payment without typing" belongs to the epic "Effortless buying".
#   practice: strategy
#   severity: warning
#   bundles: [strict]
#   requires: [parent]
#   committed: true
#   grace: 14
violation contains {
	"policy": "capability/orphan",
	"evidence": {"parent": "none"},
	"message": sprintf("Nothing is above this %s.", [input.subject.type]),
} if {
	input.facts.not_done == true
	input.parent_ref == ""
}
