package backlog

import "net/http"

// Hinter is optional: it reads a webhook into the items it speaks of.
type Hinter interface {
	// Hint checks the request's authenticity and names the items it speaks of.
	// They are fetched; nothing else of the body is believed. A request that
	// is not the tracker's is an error that wraps ErrUnauthorized.
	Hint(r *http.Request, body []byte) ([]Hint, error)
}

// Hint is an item that a webhook speaks of. Deleted says that the tracker
// claims to have deleted it: with a fetch that does not find it, that is
// positive evidence.
type Hint struct {
	ID      ItemID
	Deleted bool
}
