package trackwarden.feature

# METADATA
# title: Reads like a task
# description: >-
#   An open business feature whose title begins with something to do for the teams, such as "refactor" or
#   "investigate", and not with what people can do afterwards.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     A feature is something that a customer notices. Work that nobody notices is an enabler or a story, and
#     weighed as such.
#   remedy: A title that says what people can do afterwards, or make it an enabler.
#   example: |
#     "Migrate the payment service" becomes "Payments also at night", or an enabler.
#   practice: break-down
#   severity: info
#   bundles: [story-text]
#   params:
#     verbs:
#       default: [refactor, migrate, upgrade, update, investigate, analyse, analyze, fix, cleanup, document, test, refaktorieren, migrieren, aktualisieren, untersuchen, analysieren, dokumentieren, testen]
#       description: >-
#         First words of a title that tell of work; in small letters.
violation contains {
	"policy": "feature/reads-like-a-task",
	"evidence": {"verb": feature_first_word},
	"message": sprintf("The title begins with %q: something to do, not something that people get.", [feature_first_word]),
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	feature_first_word in input.settings["feature/reads-like-a-task"].verbs
}

feature_first_word := lower(split(trim_space(input.subject.title), " ")[0])
