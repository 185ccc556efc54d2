// Package engine judges subjects by policies written in Rego. It is the only
// importer of OPA.
//
// A policy is a file policies/LEVEL/NAME.rego; "LEVEL/NAME" is its id. All
// policies of a level add to one set, violation in the package
// trackwarden.LEVEL, and one query asks all of them, because that costs a
// fraction of a query per policy. The comment at the head of the file, its METADATA, says
// what a person needs to know; adding a policy touches no Go.
//
// A query asks OPA only about those policies of which the first conditions hold:
// guards decides that, in the words of Rego and a hundred times cheaper.
//
// A policy says what is wrong. Whether that counts (enabled, skipped, young,
// exempt, how severe) is decided by the caller, with what Policy says.
//
// Nothing that went wrong ever looks like a pass: a builtin that failed, a
// conflict, a deadline or a malformed violation makes that one policy fail to
// judge that one subject, and the others are still heard.
package engine
