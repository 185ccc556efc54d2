package trackwarden.story

import data.trackwarden.lib.say

# METADATA
# title: No owner
# description: A story in progress to which nobody is assigned.
# related_resources:
#   - https://framework.scaledagile.com/iteration-execution/
# custom:
#   why: >-
#     Work that belongs to nobody is started twice or finished never, and nobody can be asked how it goes.
#   remedy: Somebody assigned, or the state set back.
#   example: |
#     Two people work on it together: one of them is assigned, and both know who.
#   practice: execution
#   severity: warning
#   bundles: [recommended, strict]
#   requires: [assignee]
#   committed: true
#   writes: true
violation contains {
	"policy": "story/no-owner",
	"evidence": {"state": input.subject.state.native, "since": input.subject.state.since},
	"message": sprintf("%s%s, nobody is assigned.", [input.subject.state.native, say.since(input.subject.state.since)]),
} if {
	input.facts.active == true
	input.subject.assignee == ""
}
