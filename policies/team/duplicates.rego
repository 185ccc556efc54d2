package trackwarden.team

# METADATA
# title: Items that say the same
# description: >-
#   Two open items of the team have the same or nearly the same title or user story.
# related_resources:
#   - https://framework.scaledagile.com/team-backlog/
# custom:
#   why: >-
#     Two of the same are estimated twice, planned twice, and sometimes built twice.
#   remedy: Close one of them as a duplicate, or say in the titles how they differ.
#   example: |
#     "Pay by card" and "Pay by card (new)": close the older one, and move its criteria.
#   practice: protect
#   severity: info
#   bundles: [strict]
#   params:
#     percent: {default: 90, description: From how many per cent of words in common on it is said.}
violation contains {
	"policy": "team/duplicates",
	"evidence": {"items": sort([item.id | some item in pair.items])},
	"message": sprintf("%s and %s have nearly the same %s: \"%s\".", [pair.items[0].key, pair.items[1].key, duplicate_words[pair.what], pair.items[0].title]),
	"about": [item.key | some item in pair.items],
} if {
	input.level == "team"
	some pair in input.set.duplicates
	pair.same * 100 >= input.settings["team/duplicates"].percent
}

duplicate_words := {"title": "title", "story": "user story"}
