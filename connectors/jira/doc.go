// Package jira connects Trackwarden to Jira, Cloud and Data Center.
//
// Everything goes through go-jira on top of the shared HTTP stack
// (connectors/rest): its typed methods where they are right, requests of our
// own where it lacks a call or would send the wrong thing.
//
// Reading stays on the v2 paths, where text is wiki markup: the v3 paths answer
// with documents (ADF) that go-jira cannot decode. The numeric id of an issue
// is its identity, because a moved issue gets a new key. Search is an index
// that lags, so it only feeds sweeps and the census; whatever is about to be
// written on is read by id.
//
// Writing an item takes two requests. The first sets labels by add and remove
// verbs and, in the same call, the issue property "trackwarden" that remembers
// what is ours. The second posts or edits our one comment, which carries its
// marker as a comment property. Jira knows no conditional write, so an unknown
// outcome is found out by looking for that property and that marker.
//
// Essential are myself, the projects, search/jql, reading an issue and writing
// it with its comments; of each, either version of the API will do. Everything
// else may be missing or forbidden: then what it told is guessed or found in a
// slower way, and a problem of the Site says what is worse for it.
//
// What is relied on is written in Atlassian's OpenAPI document for Jira Cloud,
// which covers the v3 paths; the v2 paths used here are their twins.
package jira
