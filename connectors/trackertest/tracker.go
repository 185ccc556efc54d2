package trackertest

import (
	"net/http"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Tracker is a connector on a world that nobody else uses. Every chapter opens
// its own.
type Tracker struct {
	Reader backlog.Reader
	Writer backlog.Writer
	// Again is the same connector opened anew on the same world, as after a
	// restart: it shares nothing with Reader and Writer but the world.
	Again func() (backlog.Reader, backlog.Writer)
	World World
	// Owner is the installation that the connector was told to write for; it
	// goes into the markers. "trackertest" when empty.
	Owner  string
	Cannot Cannot
}

// Cannot says what a tracker is unable to do, and why, in one short sentence
// each. Empty means that it can and the chapter holds it to that.
type Cannot struct {
	Stale    string // refuse a write on an outdated revision; the write then has to leave other people's edits alone
	Move     string // move an item to another project or key
	Throttle string // ask a client to wait
	Write    string // let us write, in a live tour for reading only
}

// World is the tracker as people use it, the faults on the way to it, and the
// truth about it. Items are named by the tracker's immutable id, the ID of
// their backlog.ItemID. Methods act at once; one that fails ends its test.
type World interface {
	// Seed describes what the world held when it was opened.
	Seed() Seed

	// HumanLabel adds a label to an item, or removes it, as a person.
	HumanLabel(id, label string, add bool)
	// HumanEdit gives an item another title, as a person.
	HumanEdit(id, title string)
	// HumanEditComment puts text at the beginning of a comment, as a person
	// does in the editor: what else the comment holds stays.
	HumanEditComment(id, comment, text string)
	// Delete deletes an item, as a person.
	Delete(id string)
	// Move moves an item to another project, or gives it another key. Not
	// called when Cannot.Move says why.
	Move(id string)

	// LoseNextAnswer breaks the next writing request: it is applied and its
	// answer lost on the way, or it is lost itself and never applied. Reads
	// are not touched.
	LoseNextAnswer(afterApply bool)
	// ThrottleNext answers the next request, read or write, with 429 and a
	// Retry-After of so many whole seconds, without looking at it. Not called
	// when Cannot.Throttle says why.
	ThrottleNext(after time.Duration)

	// Comments counts all comments that an item holds, ours and others'.
	Comments(id string) int
	// Labels lists the labels that an item has.
	Labels(id string) []string
	// Writes counts the writing requests of the connector that were applied.
	Writes() int
}

// Biographer is a World whose connector is a backlog.Historian.
type Biographer interface {
	// HumanState moves an item to a state of another category, as a person:
	// one that is done back to its beginning, every other one to done.
	HumanState(id string)
}

// Caller is a World whose connector is a backlog.Hinter.
type Caller interface {
	// Call makes the webhook that the tracker would send about an edit of an
	// item, with everything that proves it authentic.
	Call(id string) (r *http.Request, body []byte)
}

// Seed is what a world holds when it is opened. Its items were last changed at
// least a day before the tracker's clock, and they do not fit on one page of
// the connector.
type Seed struct {
	Site     backlog.SiteID
	Projects []backlog.ProjectID // in the connector's scope, writable for its account
	IDs      []string            // of every item in them, at least four
	// Rich is what one of them has to be read as. Its Body is the exact
	// Markdown but for space around it. It has criteria, a parent, a link, at
	// least one label of somebody else, an assignee, points and a URL, and
	// none of our annotations. References in it hold what must be known, at
	// least one part.
	Rich backlog.Item
	// Plain is another item without labels and comments, which may be deleted
	// and moved.
	Plain string
	// Absent is an id of the right form that no item has or ever had.
	Absent string
}
