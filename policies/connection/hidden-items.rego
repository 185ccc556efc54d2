package trackwarden.connection

# METADATA
# title: Items we may not see
# description: >-
#   Items that others name as parent or by a link, and that the tracker does not show to the account.
# related_resources:
#   - https://framework.scaledagile.com/agile-release-train/
# custom:
#   why: >-
#     Policies cannot judge what they do not see: stories look fine whose feature is closed, and dependencies
#     are not followed.
#   remedy: Read access for the account, or links that lead somewhere.
#   example: |
#     Browse permission for the project PLAT.
#   practice: integrity
#   severity: info
#   bundles: [strict]
#   params:
#     least: {default: 10, description: From how many items on it is said.}
violation contains {
	"policy": "connection/hidden-items",
	"evidence": {"hidden": "items"},
	"message": sprintf("%d items that others name cannot be seen.", [input.set.connection.hidden]),
} if {
	input.level == "connection"
	input.set.connection.hidden >= input.settings["connection/hidden-items"].least
}
