package trackwarden.team

# METADATA
# title: Done work comes back
# description: >-
#   Of the stories that the team finished in the last twelve weeks a large share had come back from done before.
# related_resources:
#   - https://framework.scaledagile.com/inspect-and-adapt/
# custom:
#   why: >-
#     What is opened again was not done. Either the criteria do not say enough, or nobody looks before it is
#     closed.
#   remedy: Criteria for what was found, and somebody else looks before a story is closed.
#   example: |
#     Each story is shown to somebody who did not build it.
#   practice: inspect-adapt
#   severity: info
#   bundles: [strict]
#   params:
#     percent: {default: 10, description: The largest share that may have come back.}
#     least: {default: 10, description: So many stories have to be finished.}
violation contains {
	"policy": "team/reopened-often",
	"evidence": {"reopened": "many"},
	"message": sprintf("%d of %d stories that were finished had come back from done.", [input.set.flow.reopened, input.set.flow.closed]),
} if {
	input.level == "team"
	input.set.flow.closed >= input.settings["team/reopened-often"].least
	input.set.flow.reopened * 100 > input.settings["team/reopened-often"].percent * input.set.flow.closed
}
