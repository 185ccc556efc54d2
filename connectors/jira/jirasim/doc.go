// Package jirasim is a Jira Cloud site behind real HTTP, for tests and the demo.
//
// A World holds a site: projects, types, fields, people, and issues as the wire
// shows them (REST v2 JSON in maps). It answers the part of Jira Cloud's REST API
// that a client of backlogs needs, under /rest/api/2 (wiki text) and /rest/api/3
// (Atlassian Document Format), with the habits of the real one: a search that is
// an index and lags, keyset page tokens, dates in the account's time zone, a
// bulk fetch that leaves out what it may not show, limits on writes to one
// issue, and a sign-in that can fail in several guises.
//
// People edit through Human, programs through HTTP; both move `updated` and the
// changelog alike. Faults and the log of the truth are those of
// connectors/simulator.
//
// What it does follows Atlassian's OpenAPI documents for Jira Cloud and recorded
// exchanges. The v2 paths have no such document; they are v3 with wiki text. It
// imports neither the connector it tests nor the house's nouns.
package jirasim
