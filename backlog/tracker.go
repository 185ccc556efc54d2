package backlog

import (
	"context"
	"errors"
	"iter"
	"time"
)

// Reader is all that judging may know of a tracker. It cannot write. Its
// methods may be called from several goroutines.
type Reader interface {
	// Describe says who we are there, what we may do, how the site is built
	// (fields, types, levels) and what its clock says. A configured project or
	// field that does not exist is named in the Site, not an error; refused
	// credentials are an error that wraps ErrUnauthorized.
	Describe(ctx context.Context) (Site, error)
	// Sweeps lists the independent streams that together carry every change
	// since the mark: partitions of a backfill when the mark is empty, else an
	// incremental query or feeds.
	Sweeps(ctx context.Context, since Mark) ([]Sweep, error)
	// Read yields a sweep's pages from its position. It may repeat an item; it
	// must never skip one. A broken item is named, not dropped. It ends with a
	// page whose Last is set, or with an error.
	Read(ctx context.Context, s Sweep) iter.Seq2[Page, error]
	// Fetch reads by identity, fresh, never from an index. One Sighting each,
	// in the order asked. Where a link gave nothing better, an ItemID may carry
	// a key instead of the id; the item found carries its real identity.
	Fetch(ctx context.Context, ids ...ItemID) ([]Sighting, error)
	// Comments reads, fresh, the comments on an item that carry our marker or
	// were written by our account with our footer, oldest first. One of our
	// account that somebody else edited may have lost its marker: it comes
	// without.
	Comments(ctx context.Context, id ItemID) ([]Comment, error)
	// Census yields every identity of a project. Only its last page may say
	// complete, and on what basis.
	Census(ctx context.Context, p ProjectID) iter.Seq2[CensusPage, error]
}

// Writer turns a change into requests. Only apply ever holds one.
type Writer interface {
	// Steps is pure: one request each, the state-bearing first, the noisy last.
	Steps(c Change) []Step
	// Send makes the request once, never again: applied, refused or unknown.
	// An error means that nothing was sent.
	Send(ctx context.Context, s Step) (Receipt, error)
	// Resolve finds out, by reading alone, what became of a step whose answer
	// was lost. Unknown means: could not be read now, ask again later.
	Resolve(ctx context.Context, s Step) (Receipt, error)
}

// Mark says how far the last complete round of sweeps reached, by stream. Its
// values are the connector's own. The empty mark asks for everything.
type Mark map[string]string

// Sweep is one stream of a round. Position is the connector's own resume
// point and carries all that Read needs; it is never empty. Sweeps of one stage
// are read at the same time, those of a later stage when all before have ended:
// a sweep whose items may say more than another's, without being newer by their
// time of change, belongs to a later one.
type Sweep struct {
	Name     string `json:"name"`
	Position string `json:"position"`
	Stage    int    `json:"stage,omitempty"`
	Total    int    `json:"total,omitempty"` // how many items it expects in all; 0 while unknown
	Items    int    `json:"items,omitempty"` // how many were read so far; the store counts them
}

// Page is a piece of a sweep. The items, the position behind them and what
// they make dirty are committed together.
type Page struct {
	Items    []Item
	Broken   []Broken
	Gone     []ItemID // positive evidence of deletion
	Position string   // where a later Read goes on
	Total    int      // how many items the sweep expects in all; 0 when unknown
	Last     bool
	Mark     Mark // on the last page: what this sweep adds to the next mark
}

// Count is how many items the page speaks of.
func (p Page) Count() int { return len(p.Items) + len(p.Broken) + len(p.Gone) }

// Broken names an item that the tracker sent and we could not read.
type Broken struct {
	ID  ItemID
	Key string
	Err error
}

// Sighting is what a fetch by identity found.
type Sighting struct {
	ID       ItemID // as asked
	Presence Presence
	Item     Item  // when found or moved
	Err      error // when broken
}

// Presence is where an item is, as far as is known.
type Presence string

// The presences. Moved is found under another key or project. Hidden is a
// tracker's "not found or no permission": it proves nothing. Gone needs
// positive evidence, such as a recycle bin. Missing is our own conclusion
// from a census, on the way to gone. Context items are outside the scope.
const (
	Found   Presence = "found"
	Moved   Presence = "moved"
	Gone    Presence = "gone"
	Hidden  Presence = "hidden"
	Damaged Presence = "broken"
	Missing Presence = "missing"
	Context Presence = "context"
)

// CensusPage is a piece of a census.
type CensusPage struct {
	IDs      []ItemID
	Complete bool   // only ever true on the last page
	Basis    string // how completeness is known, for people
}

// Comment is one of ours on an item.
type Comment struct {
	ID      string
	Marker  Marker
	Text    string    // as the tracker returns it; never equals what was sent
	Edited  bool      // somebody else changed it after us
	Changed time.Time // last change
	Exposed bool      // customers see it, and should not
}

// Marker is what a comment of ours says of itself. A marker with another item
// or owner is foreign: a clone, an import or another installation.
type Marker struct {
	Owner  string `json:"owner"`
	Item   string `json:"item"`   // ItemID.ID of the item it was written for
	Intent string `json:"intent"` // which intent wrote it
	Hash   string `json:"hash"`   // of what it says
}

// Errors that every connector wraps, so that the rest of the house can tell
// causes apart without knowing trackers.
var (
	// ErrUnauthorized means wrong, expired or revoked credentials, in whatever
	// guise the tracker says so.
	ErrUnauthorized = errors.New("credentials refused")
	// ErrUnavailable means that the tracker could not be reached or did not
	// answer sensibly.
	ErrUnavailable = errors.New("tracker unavailable")
	// ErrIncomplete means that a listing contradicted itself and cannot be
	// trusted to be whole.
	ErrIncomplete = errors.New("listing incomplete")
)
