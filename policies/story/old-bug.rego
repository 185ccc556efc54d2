package trackwarden.story

import data.trackwarden.lib.say
import data.trackwarden.lib.table

# METADATA
# title: Bug open for long
# description: >-
#   An open bug that is older than bugs of its priority should become. A priority that the settings do not list
#   has no limit.
# related_resources:
#   - https://framework.scaledagile.com/built-in-quality/
# custom:
#   why: >-
#     An urgent bug that waits for weeks is either not urgent or forgotten. In both cases its priority deceives.
#   remedy: Mend it now, or give it the priority that it really has.
#   example: |
#     A bug with the priority High from August: nobody has asked since. It becomes Low, or is closed as will not
#     be mended.
#   practice: protect
#   severity: info
#   bundles: [strict]
#   committed: true
#   params:
#     limits:
#       default: ["Highest: 14", "High: 30", "Medium: 90", "Low: 180", "Lowest: 365", "1: 14", "2: 60", "3: 180", "4: 365"]
#       description: Lines of a priority, by the tracker's name, and the most days.
violation contains {
	"policy": "story/old-bug",
	"evidence": {"created": input.subject.created, "priority": input.subject.priority},
	"message": sprintf("Its priority is %s, and it is open%s.", [input.subject.priority, say.since(input.subject.created)]),
} if {
	input.subject.item_kind == "bug"
	input.facts.not_done == true
	limits := [to_number(days) | some days in table.values(input.settings["story/old-bug"].limits, input.subject.priority)]
	input.facts.age_days > min(limits)
}
