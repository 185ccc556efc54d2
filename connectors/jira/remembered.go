package jira

import (
	"sync"

	"github.com/trackwarden/trackwarden/backlog"
)

// remembered holds the remote links of issues by the revision that they were
// read at. The zero value remembers nothing yet.
type remembered struct {
	mu    sync.Mutex
	links map[string]linksAt
}

type linksAt struct {
	revision string
	links    []remoteLink
}

// So many issues are remembered at the most; what is forgotten is read again.
const maxRemembered = 10000

// of gives the links of an issue as it was read before they were added.
func (r *remembered) of(item backlog.Item) ([]remoteLink, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	at, ok := r.links[item.ID.ID]
	return at.links, ok && at.revision == item.Revision
}

func (r *remembered) keep(item backlog.Item, links []remoteLink) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.links == nil || len(r.links) >= maxRemembered {
		r.links = map[string]linksAt{}
	}
	r.links[item.ID.ID] = linksAt{item.Revision, links}
}
