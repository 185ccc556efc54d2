package apply

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Store is what applying needs of the store.
type Store interface {
	Candidate(ctx context.Context, id backlog.ItemID) (backlog.Candidate, bool, error)
	CommitSightings(ctx context.Context, connection string, site backlog.SiteID, sightings []backlog.Sighting, context bool) (backlog.Changes, error)
	CommitEcho(ctx context.Context, connection string, item backlog.Item) error
	BeginIntent(ctx context.Context, change backlog.Change, steps []backlog.Step, planHash string) error
	MarkSent(ctx context.Context, intent string, n int) error
	Record(ctx context.Context, r backlog.StepResult) error
	OpenIntents(ctx context.Context, site backlog.SiteID) ([]backlog.Intent, error)
	CloseIntent(ctx context.Context, id string, state backlog.IntentState, reason string) error
}

// Applier writes on the items of one connection.
type Applier struct {
	Connection string
	Site       backlog.SiteID
	Reader     backlog.Reader
	Writer     backlog.Writer
	Store      Store
	// Plan plans one item: the change, perhaps empty, and why something is held
	// back, perhaps empty. It makes no requests.
	Plan func(backlog.View) (backlog.Planned, string)
	// Quarantine is how long a lost answer is left alone before reading what
	// became of it: longer than any request may still be under way.
	Quarantine time.Duration
	// Doubted are projects whose data may not be whole, by their id, with the
	// reason: lost answers are not looked for there. It may be nil.
	Doubted  map[string]string
	Clock    func() time.Time
	NewID    func() string // of intents; unique for ever
	Log      *slog.Logger
	Progress func(done, total int) // may be nil
}

// Summary is what one run did.
type Summary struct {
	Requests int // write requests that left
	Applied  int
	Refused  int
	Unknown  int
	Failed   int // items that the tracker refused to let us write on
	Held     []backlog.Held
}

// Add adds another summary.
func (s *Summary) Add(other Summary) {
	s.Requests += other.Requests
	s.Applied += other.Applied
	s.Refused += other.Refused
	s.Unknown += other.Unknown
	s.Failed += other.Failed
	s.Held = append(s.Held, other.Held...)
}

// Run carries out the plan's changes in order. It stops early when the
// credentials are refused, the tracker asks for a pause, several items in a row
// cannot be dealt with, or the context ends; the next pass goes on from what is
// true then. One item that cannot be dealt with does not stop the others.
func (a *Applier) Run(ctx context.Context, p backlog.Plan) (Summary, error) {
	var sum Summary
	failures, denied := 0, map[backlog.ProjectID]string{}
	hash := p.Hash()
	for i, change := range p.Changes {
		if err := ctx.Err(); err != nil {
			return sum, err
		}
		if why, no := denied[change.Project]; no {
			sum.hold(a.Connection, change.Change, why)
			continue
		}
		receipt, err := a.item(ctx, change, hash, &sum)
		if err != nil {
			failures++
			if ctx.Err() != nil || !poisoned(err) || failures == enough {
				return sum, fmt.Errorf("write on %s: %w", change.Key, err)
			}
			sum.Failed++
			sum.hold(a.Connection, change.Change, err.Error())
			continue
		}
		failures = 0
		if receipt.Refusal == backlog.Denied {
			denied[change.Project] = "we may not write in this project: " + receipt.Reason
		}
		if a.Progress != nil {
			a.Progress(i+1, len(p.Changes))
		}
	}
	return sum, nil
}

// So many items in a row that cannot be dealt with are no longer the items'
// fault.
const enough = 3

// errItem means that reading an item, or making a request for it, failed.
var errItem = errors.New("the item could not be dealt with")

// poisoned reports whether an error may be about the one item only.
func poisoned(err error) bool {
	return errors.Is(err, errItem) && !errors.Is(err, backlog.ErrUnauthorized)
}

// How often an item is planned anew when somebody else was faster.
const staleTries = 5

// item brings one item to what is wanted of it now.
func (a *Applier) item(ctx context.Context, planned backlog.Planned, planHash string, sum *Summary) (backlog.Receipt, error) {
	for range staleTries {
		change, held, err := a.look(ctx, planned.Item)
		if err != nil {
			return backlog.Receipt{}, err
		}
		if change.Empty() {
			if held != "" {
				sum.hold(a.Connection, planned.Change, held)
			}
			return backlog.Receipt{}, nil
		}
		receipt, err := a.carry(ctx, change.Change, planHash, sum)
		if err != nil {
			return receipt, err
		}
		switch receipt.Refusal {
		case backlog.Stale:
			continue
		case backlog.Unauthorized:
			return receipt, fmt.Errorf("%w: %s", backlog.ErrUnauthorized, receipt.Reason)
		case backlog.Throttled:
			return receipt, fmt.Errorf("%w: %s", errPaused, receipt.Reason)
		case "":
		default:
			sum.Failed++
			sum.hold(a.Connection, planned.Change, "the tracker refused: "+receipt.Reason)
		}
		return receipt, nil
	}
	sum.hold(a.Connection, planned.Change, "somebody else keeps editing it; tried again in the next pass")
	return backlog.Receipt{}, nil
}

var errPaused = errors.New("the tracker asked for a pause")

func (s *Summary) hold(connection string, change backlog.Change, reason string) {
	s.Held = append(s.Held, backlog.Held{Connection: connection, Item: change.Item, Key: change.Key, Reason: reason})
}
