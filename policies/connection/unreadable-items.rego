package trackwarden.connection

# METADATA
# title: Items that cannot be read
# description: >-
#   Items that the tracker gave in a form that could not be read.
# related_resources:
#   - https://framework.scaledagile.com/agile-release-train/
# custom:
#   why: >-
#     They are as they were when they were read last, or missing altogether.
#   remedy: >-
#     Open them in the tracker: mostly one field holds something that does not belong there.
#   example: |
#     A date field that was filled by an import with a text.
#   practice: integrity
#   severity: warning
#   bundles: [strict]
violation contains {
	"policy": "connection/unreadable-items",
	"evidence": {"broken": "items"},
	"message": sprintf("%d items could not be read.", [input.set.connection.broken]),
} if {
	input.level == "connection"
	input.set.connection.broken > 0
}
