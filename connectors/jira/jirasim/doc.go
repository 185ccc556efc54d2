// Package jirasim is a Jira site behind real HTTP, for tests and the demo: Jira
// Cloud, or by Settings.Edition a Data Center.
//
// A World holds a site: projects, types, fields, people, and issues as the wire
// shows them (REST v2 JSON in maps). It answers the part of Jira Cloud's REST API
// that a client of backlogs needs, under /rest/api/2 (wiki text) and /rest/api/3
// (Atlassian Document Format), with the habits of the real one: a search that is
// an index and lags, keyset page tokens, dates in the account's time zone, a
// bulk fetch that leaves out what it may not show, limits on writes to one
// issue, and a sign-in that can fail in several guises.
//
// A Data Center has the v2 paths only, below a context path if it is given one,
// takes a personal access token as Bearer, and searches by offset: pages shift
// when an issue is edited between them, their size is cut in silence and
// startAt reaches only so deep. Its people have name and key, its types no
// level, its stories an Epic Link instead of a parent, its sprints are text,
// and its custom fields have ids of their own (World.FieldID). Who brings a bad
// token is answered with 200 as nobody; X-AUSERNAME tells.
//
// People edit through Human, programs through HTTP; both move `updated` and the
// changelog alike. Faults and the log of the truth are those of
// connectors/simulator.
//
// What it does follows Atlassian's OpenAPI documents for Jira Cloud and recorded
// exchanges. The v2 paths have no such document; they are v3 with wiki text, and
// a Data Center is what recordings and public reports tell of it. It imports
// neither the connector it tests nor the house's nouns.
package jirasim
