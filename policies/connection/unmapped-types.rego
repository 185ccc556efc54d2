package trackwarden.connection

# METADATA
# title: Types on no level
# description: >-
#   Items of a type that is on no level of the backlog. They are read, and judged by no policy.
# related_resources:
#   - https://framework.scaledagile.com/agile-release-train/
# custom:
#   why: >-
#     What is on no level is missing in every count, and nobody notices.
#   remedy: A level for the type under `levels`, or a scope without it.
#   example: |
#     levels: {story: [Story, Bug, "Change Request"]}
#   practice: integrity
#   severity: info
#   bundles: [strict]
#   params:
#     least: {default: 5, description: From how many items on it is said.}
violation contains {
	"policy": "connection/unmapped-types",
	"evidence": {"project": type.project, "type": type.name},
	"message": sprintf("%d items of the type %s are on no level.", [type.items, type.name]),
} if {
	input.level == "connection"
	some type in input.set.connection.unmapped_types
	type.items >= input.settings["connection/unmapped-types"].least
}
