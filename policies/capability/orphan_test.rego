package trackwarden.capability_test

import data.trackwarden.capability
import data.trackwarden.lib.example_test as example

orphan(changes) := found if {
	all := capability.violation with input as example.feature(object.union({"level": "capability", "subject": {"level": "capability"}}, changes))
	found := example.said("capability/orphan", all)
}

test_orphan_known if orphan({}) == set()

test_orphan_none if orphan({"parent_ref": ""}) == {{
	"policy": "capability/orphan",
	"evidence": {"parent": "none"},
	"message": "Nothing is above this Epic.",
}}

test_orphan_unreadable if orphan({"parent_ref": "unreadable"}) == set()

test_orphan_done if orphan({"parent_ref": "", "facts": {"not_done": false}}) == set()

test_orphan_active if count(orphan({"parent_ref": "", "facts": {"active": true}})) == 1

test_orphan_hostile if count(orphan({"parent_ref": "", "subject": {"title": "%s <script>@all\u0000"}})) == 1
