// Package backlog holds the nouns of Trackwarden and its contract with a
// tracker.
//
// A tracker (Jira, Azure DevOps) is read into items: one issue or work item,
// normalized, with the tracker's own words kept beside ours. An item sits on a
// level (portfolio, capability, feature, story, task), belongs to a team and an
// increment, and is tied to others by a parent and by links. Policies judge a
// subject and give a verdict; a failed one is a finding. What we then want to
// put on the item is a change; each request of it is a step.
//
// Reader and Writer are the whole contract with a tracker. Judging and planning
// are given a Reader only, so they cannot write.
//
// The package imports nothing but the standard library, and everything else in
// the house may import it.
package backlog
