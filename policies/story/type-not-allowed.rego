package trackwarden.story

import data.trackwarden.lib.words

# METADATA
# title: Type that is not used here
# description: >-
#   An open item of a type that is not among those in the settings. Without types in the settings it asks
#   nothing.
# related_resources:
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     It is missing in boards, queries and reports that know the agreed types only.
#   remedy: One of the agreed types.
#   example: |
#     The settings list Story and Bug: an Improvement becomes a Story.
#   practice: integrity
#   severity: info
#   bundles: [strict]
#   committed: true
#   params:
#     types: {default: [], description: "The types that are agreed on for stories, by the tracker's names."}
violation contains {
	"policy": "story/type-not-allowed",
	"evidence": {"type": input.subject.type},
	"message": sprintf("Its type is %s; agreed are %s.", [input.subject.type, concat(", ", types)]),
} if {
	input.facts.not_done == true
	input.settings["story/type-not-allowed"].types[0]
	types := input.settings["story/type-not-allowed"].types
	not words.one(input.subject.type, types)
}
