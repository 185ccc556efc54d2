package trackwarden.story

# METADATA
# title: Gap a
# description: The role of the story is said to be a gap. People of the simulation open and close it.
# custom:
#   why: The simulation wants something to find.
#   remedy: Say something else.
#   example: "fine"
#   practice: readiness
#   severity: warning
#   writes: true
violation contains {
	"policy": "story/gap-a",
	"evidence": {"gap": input.text.role},
	"message": sprintf("It says %s.", [input.text.role]),
} if {
	startswith(input.text.role, "gap")
}
