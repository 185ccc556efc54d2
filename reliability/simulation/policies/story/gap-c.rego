package trackwarden.story

# METADATA
# title: Gap c
# description: The ends of the story is said to be a gap. People of the simulation open and close it.
# custom:
#   why: The simulation wants something to find.
#   remedy: Say something else.
#   example: "fine"
#   practice: readiness
#   severity: warning
#   writes: true
violation contains {
	"policy": "story/gap-c",
	"evidence": {"gap": input.text.ends},
	"message": sprintf("It says %s.", [input.text.ends]),
} if {
	startswith(input.text.ends, "gap")
}
