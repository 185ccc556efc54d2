package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

no_scope_boundary(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/no-scope-boundary": {"headings": ["out of scope", "not in scope", "non-goals", "no goals", "nicht enthalten", "abgrenzung", "nicht-ziele"], "words": 30}}}, changes))
	found := example.said("feature/no-scope-boundary", all)
}

test_no_scope_boundary_there if no_scope_boundary({"text": {"words": 100, "headings": ["Context", "Out of Scope (for now)"]}}) == set()

test_no_scope_boundary_none if no_scope_boundary({"text": {"words": 100, "headings": ["Context"]}}) == {{
	"policy": "feature/no-scope-boundary",
	"evidence": {"boundary": "none"},
	"message": "No part of the description says what is out of scope.",
}}

test_no_scope_boundary_german if no_scope_boundary({"text": {"words": 100, "headings": ["Nicht enthalten"]}}) == set()

test_no_scope_boundary_short if no_scope_boundary({"text": {"words": 29}}) == set()

test_no_scope_boundary_cut if no_scope_boundary({"text": {"words": 100, "truncated": true}}) == set()

test_no_scope_boundary_own if count(no_scope_boundary({"text": {"words": 100, "headings": ["Out of scope"]}, "settings": {"feature/no-scope-boundary": {"headings": ["limits"]}}})) == 1

test_no_scope_boundary_hostile if count(no_scope_boundary({"text": {"words": 100, "headings": ["%s <script>@all\u0000"]}})) == 1
