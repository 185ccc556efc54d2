// Package azuresim is an Azure DevOps Services organisation behind real HTTP.
//
// A World holds projects with their processes, and work items as native wire
// records: what AddWorkItem and Load take is what the REST API answers. It
// imports neither the connector nor our own nouns, so a mistake in the
// connector cannot hide in it. What it does follows evidence, not convenience:
// Microsoft's OpenAPI documents for REST 7.1 and 7.0, exchanges recorded from
// dev.azure.com, and what its clients are known to stumble over. Three of these
// are the reason for its shape:
//
//   - Every change of a field, every comment, its edit and its deletion is a
//     revision. A link between work items is not: it leaves the revision and
//     the date of both ends alone and shows in a feed of its own.
//   - A token of a feed stays valid after the last batch and yields, from then
//     on, only what is new.
//   - A refused token is no 401 for who only reads: it is a sign-in page with
//     status 203, or a redirect to one.
//
// By Settings.Edition it is a collection of an Azure DevOps Server 2022 instead:
// below a path of its own, in version 7.0 of the API, with comments in HTML
// only, everything on one host, a plain 401 for a bad token, and reporting
// feeds that can be missing or refused (World.SetFeeds).
//
// People edit the world by the methods of Person; a client edits it by HTTP,
// and each of its writes leaves a note in the truth of package simulator, which
// also brings faults on demand.
package azuresim
