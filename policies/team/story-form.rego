package trackwarden.team

# METADATA
# title: Stories in many forms
# description: >-
#   The team's stories are worded in many different forms: no form of the user story has enough of them.
# related_resources:
#   - https://framework.scaledagile.com/story/
# custom:
#   why: >-
#     One form is read without effort; several make everybody look for who wants what.
#   remedy: Agree on one form, and keep to it for new stories.
#   example: |
#     As a …, I want …, so that …
#   practice: readiness
#   severity: info
#   bundles: [story-text]
#   params:
#     percent: {default: 60, description: The smallest share of stories in the most common form.}
#     least: {default: 10, description: So many stories have to be there.}
violation contains {
	"policy": "team/story-form",
	"evidence": {"forms": "many"},
	"message": sprintf("The most common form has %d of %d stories.", [round(input.set.story_forms.share * input.set.story_forms.stories), input.set.story_forms.stories]),
} if {
	input.level == "team"
	input.set.story_forms.stories >= input.settings["team/story-form"].least
	input.set.story_forms.share * 100 < input.settings["team/story-form"].percent
}
