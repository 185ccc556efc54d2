// Package azuredevops connects Trackwarden to Azure DevOps Services and Server.
//
// Everything goes through azure-devops-go-api on top of the shared HTTP stack
// (connectors/rest): its typed methods where they are right, its Client.Send
// where they lack a field or lose a header.
//
// A first reading lists the ids of a project by query, in ranges, and reads the
// work items whole in batches. Afterwards two feeds of the whole organisation
// tell which ids changed: revisions, and links, because a new parent or
// dependency leaves the revision of both ends alone. The feeds are believed
// about identities and deletions only; what changed is read whole again, so an
// item always comes with its relations. Areas, iterations and processes change
// without telling any feed: they are compared with what the mark remembers.
//
// The first write on an item is one PATCH that tests the revision, replaces the
// tags and adds the comment: it is applied as a whole or not at all, and a
// second one can not be applied by accident. Later edits of the comment are
// requests of their own. The tracker has no hidden place to remember us by, so
// our comment ends in a visible link whose fragment says whose it is.
//
// Essential are connectionData, the list of projects, queries, reading a work
// item and writing it. Everything else may be missing or forbidden: then what
// it told is guessed or found in a slower way, and a problem of the Site says
// so. Without the feeds, changes are found by query, and links by reading
// everything again once a day.
//
// A Server of 2022 speaks version 7.0 of the API instead of 7.1, which is found
// out by the first request; see edition. Everything it has is below the address
// of its collection.
//
// What is relied on is written in Microsoft's REST API specifications for
// Azure DevOps 7.1 and 7.0.
package azuredevops
