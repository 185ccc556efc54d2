package simulator

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"
)

// maxBody bounds, in bytes, how much of a request's body the truth keeps.
const maxBody = 64 << 10

// Entry is one request in the truth, and whether it changed the world.
type Entry struct {
	N       int       `json:"n"` // counts from 1
	At      time.Time `json:"at"`
	Method  string    `json:"method"`
	Path    string    `json:"path"`
	Query   string    `json:"query,omitempty"` // raw
	Body    string    `json:"body,omitempty"`  // at most 64 KiB
	Status  int       `json:"status"`          // what the simulator answered; 0 while nothing was
	Applied bool      `json:"applied"`         // the world changed because of it
	Actor   string    `json:"actor,omitempty"` // user of Basic credentials, else "bearer", else empty
	Item    string    `json:"item,omitempty"`
	What    string    `json:"what,omitempty"`  // "labels +hygiene", "comment 10012 posted"
	Mails   bool      `json:"mails,omitempty"` // the tracker would have written to people
	Fault   string    `json:"fault,omitempty"` // which fault acted
}

// Truth is the log of all requests, in the order they came. The zero value is
// ready; it is safe for concurrent use.
type Truth struct {
	mu      sync.Mutex
	entries []*Entry
}

// Entries returns a copy of all entries, oldest first.
func (t *Truth) Entries() []Entry {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := make([]Entry, len(t.entries))
	for i, e := range t.entries {
		all[i] = *e
	}
	return all
}

// Writes returns the entries that changed the world, oldest first.
func (t *Truth) Writes() []Entry {
	return slices.DeleteFunc(t.Entries(), func(e Entry) bool { return !e.Applied })
}

// Reset forgets all entries and counts from 1 again.
func (t *Truth) Reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entries = nil
}

// page is a request's own place in the truth.
type page struct {
	truth *Truth
	entry *Entry
}

// open adds an entry for the request.
func (t *Truth) open(r *http.Request, body []byte, at time.Time) *page {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := &Entry{
		N: len(t.entries) + 1, At: at, Actor: actor(r), Body: string(body[:min(len(body), maxBody)]),
		Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery,
	}
	t.entries = append(t.entries, e)
	return &page{truth: t, entry: e}
}

// write changes the entry under the truth's lock.
func (p *page) write(change func(*Entry)) {
	p.truth.mu.Lock()
	defer p.truth.mu.Unlock()
	change(p.entry)
}

func actor(r *http.Request) string {
	if user, _, ok := r.BasicAuth(); ok {
		return user
	}
	if r.Header.Get("Authorization") != "" {
		return "bearer"
	}
	return ""
}

// pageKey finds a request's page in its context. A context should carry
// cancellation only; here it is the one thing of net/http that reaches the
// innermost handler unchanged.
type pageKey struct{}

// Note is how a handler says that it changed the world: it is stored with the
// request's entry. A second note of one request is appended. A request that did
// not come through Handler has no entry, and Note does nothing.
func Note(r *http.Request, item, what string) {
	noted(r, func(e *Entry) {
		e.Applied, e.Item = true, item
		if e.What != "" {
			what = e.What + "; " + what
		}
		e.What = what
	})
}

// NoteMail says that the real tracker would have sent people mail because of
// the request.
func NoteMail(r *http.Request) {
	noted(r, func(e *Entry) { e.Mails = true })
}

func noted(r *http.Request, change func(*Entry)) {
	if p, ok := r.Context().Value(pageKey{}).(*page); ok {
		p.write(change)
	}
}

func withPage(ctx context.Context, p *page) context.Context {
	return context.WithValue(ctx, pageKey{}, p)
}
