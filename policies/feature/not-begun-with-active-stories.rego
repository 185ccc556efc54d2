package trackwarden.feature

import data.trackwarden.lib.kin

# METADATA
# title: To do, stories active
# description: >-
#   A feature that has not begun while stories under it are in progress.
# related_resources:
#   - https://framework.scaledagile.com/features-and-capabilities/
# custom:
#   why: >-
#     Teams work on something that the train has not agreed to begin. It takes capacity from the features that
#     were planned.
#   remedy: Begin the feature, or stop the stories until it is their turn.
#   example: |
#     SHOP-148 is in progress: move the feature to Implementing, and say so at the next sync.
#   practice: execution
#   severity: warning
#   bundles: [strict]
#   committed: true
violation contains {
	"policy": "feature/not-begun-with-active-stories",
	"evidence": {"active": feature_active_stories},
	"message": sprintf("It is in %s, and %s under it is being worked on.", [input.subject.state.native, kin.named(feature_active_stories)]),
	"about": feature_active_stories,
} if {
	input.subject.state.category == "todo"
	feature_active_stories != []
}

feature_active_stories := kin.keys([c | some c in input.children; c.state.category == "in_progress"])
