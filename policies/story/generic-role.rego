package trackwarden.story

import data.trackwarden.lib.words

# METADATA
# title: A role that is nobody
# description: >-
#   An open business story whose user story is told by a user, a system or someone: nobody in particular.
# related_resources:
#   - https://framework.scaledagile.com/customer-centricity/
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     For a user everything is possible and nothing is worth more. A person with a name for the role has a day, a device
#     and a reason, and can be asked.
#   remedy: >-
#     The persona or job of those who asked for it.
#   example: |
#     "As a user, I want to reorder" becomes "As a returning shopper, I want to reorder".
#   practice: customer
#   severity: info
#   bundles: [story-text]
#   grace: 1
#   params:
#     ignore: {default: [], description: Roles that are precise enough here.}
#     also: {default: [], description: More roles that are nobody in particular.}
violation contains {
	"policy": "story/generic-role",
	"evidence": {"role": role},
	"message": sprintf("%q may be anybody.", [role]),
} if {
	input.subject.item_kind == ""
	input.facts.not_done == true
	input.text.role != ""
	generic_role_or_own
	role := substring(input.text.role, 0, 80)
	not words.one(role, input.settings["story/generic-role"].ignore)
}

generic_role_or_own if input.text.story.generic_role == true

generic_role_or_own if words.one(input.text.role, input.settings["story/generic-role"].also)
