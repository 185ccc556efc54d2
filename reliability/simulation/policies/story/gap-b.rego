package trackwarden.story

# METADATA
# title: Gap b
# description: The means of the story is said to be a gap. People of the simulation open and close it.
# custom:
#   why: The simulation wants something to find.
#   remedy: Say something else.
#   example: "fine"
#   practice: readiness
#   severity: warning
#   writes: true
violation contains {
	"policy": "story/gap-b",
	"evidence": {"gap": input.text.means},
	"message": sprintf("It says %s.", [input.text.means]),
} if {
	startswith(input.text.means, "gap")
}
