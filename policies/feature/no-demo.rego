package trackwarden.feature

import data.trackwarden.lib.say

# METADATA
# title: Done, not shown
# description: >-
#   A feature that was done lately and on which nothing says that it was shown to those for whom it is: no
#   label, and no such part of the description. When it was done has to be known.
# related_resources:
#   - https://framework.scaledagile.com/system-demo/
# custom:
#   why: >-
#     What was not shown has not been judged by anybody but those who built it.
#   remedy: A label or a part of the description that says when it was shown, and what people said.
#   example: |
#     **Demo:** system demo of 20 Nov; Support asks for a hint on the receipt.
#   practice: feedback
#   severity: info
#   bundles: [safe-planning]
#   committed: true
#   params:
#     words:
#       default: [demo, review, feedback, vorgeführt, rückmeldung]
#       description: >-
#         What a label or heading says that does so; in small letters.
#     days: {default: 7, description: Days after it was done from which on it is asked.}
#     until: {default: 90, description: Days after which it is not asked any more.}
violation contains {
	"policy": "feature/no-demo",
	"evidence": {"demo": "none", "done": input.subject.state.since},
	"message": sprintf("Done%s; nothing says that it was shown to anybody.", [say.since(input.subject.state.since)]),
} if {
	input.subject.state.category == "done"
	input.text.truncated == false
	input.facts.state_days >= input.settings["feature/no-demo"].days
	input.facts.state_days <= input.settings["feature/no-demo"].until
	not feature_was_shown
}

feature_was_shown if {
	some heading in input.text.headings
	some phrase in input.settings["feature/no-demo"].words
	contains(lower(heading), phrase)
}

feature_was_shown if {
	some label in input.subject.labels
	some phrase in input.settings["feature/no-demo"].words
	contains(lower(label), phrase)
}
