package trackwarden.feature

# METADATA
# title: Two in one
# description: >-
#   An open feature whose title joins two things by "and", "&" or ";", in English or German.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     Two things in one feature cannot be ordered one before the other, and the better one waits for the worse.
#   remedy: Two features, if each of them is worth something on its own.
#   example: |
#     "Saved cards and gift cards" becomes two features. "Terms and Conditions" is one thing: exempt it.
#   practice: break-down
#   severity: info
#   bundles: [story-text]
#   params:
#     joints:
#       default: [" and ", " und ", " & ", "; "]
#       description: >-
#         What joins two things; in small letters and with the spaces around it.
violation contains {
	"policy": "feature/two-in-one",
	"evidence": {"joint": feature_title_joints},
	"message": sprintf("The title joins two things by %q.", [trim_space(feature_title_joints[0])]),
} if {
	input.facts.not_done == true
	feature_title_joints != []
}

feature_title_joints := [joint |
	some joint in input.settings["feature/two-in-one"].joints
	contains(lower(input.subject.title), joint)
]
