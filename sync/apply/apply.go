package apply

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Store is what applying needs of the store.
type Store interface {
	Candidate(ctx context.Context, id backlog.ItemID) (backlog.Candidate, bool, error)
	CommitSightings(ctx context.Context, connection string, site backlog.SiteID, sightings []backlog.Sighting, context bool) (backlog.Changes, error)
	React(ctx context.Context, id backlog.ItemID, r backlog.Reaction) (dismissed int, err error)
	Looked(ctx context.Context, id backlog.ItemID, revision string) error
	CommitEcho(ctx context.Context, connection string, item backlog.Item) error
	BeginIntent(ctx context.Context, change backlog.Change, steps []backlog.Step, planHash string) error
	MarkSent(ctx context.Context, intent string, n int) error
	Record(ctx context.Context, r backlog.StepResult) error
	OpenIntents(ctx context.Context, site backlog.SiteID) ([]backlog.Intent, error)
	CloseIntent(ctx context.Context, id string, state backlog.IntentState, reason string) error
	InDigest(ctx context.Context, id backlog.ItemID) error
	Acquire(ctx context.Context, scope, holder string, term time.Duration) (lease backlog.Lease, ours bool, err error)
	Release(ctx context.Context, lease backlog.Lease) error
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
	Doubted map[string]string
	// Holder is this process in the connection's lease, Term how long one
	// holding is; without a Term no lease is needed.
	Holder string
	Term   time.Duration
	// PerPass is how many items one run changes; 0 is no bound.
	PerPass int
	// Anyway says that what is planned does not rest on findings, so that an item
	// that was edited since it was judged is written on all the same.
	Anyway   bool
	Clock    func() time.Time
	NewID    func() string // of intents; unique for ever
	Log      *slog.Logger
	Progress func(done, total int) // may be nil

	lease backlog.Lease
}

// Summary is what one run did.
type Summary struct {
	Requests int // write requests that left
	Applied  int
	Refused  int
	Unknown  int
	Failed   int // items that the tracker refused to let us write on
	Held     []backlog.Held
	Budgets  []string // those that were used up
	Waiting  int      // items that wait for a budget
	// Digest counts, by team, the items that got labels only because whoever they
	// are assigned to got a handful of comments already: the report tells of them.
	Digest map[string]int
	// Dismissed counts findings that a person does not want to hear of, as was
	// found out by reading.
	Dismissed int
	Deleted   int // comments of ours that were taken away
	// Exposed are projects in which customers were shown a comment of ours.
	Exposed []backlog.ProjectID
}

// Add adds another summary.
func (s *Summary) Add(other Summary) {
	s.Requests += other.Requests
	s.Applied += other.Applied
	s.Refused += other.Refused
	s.Unknown += other.Unknown
	s.Failed += other.Failed
	s.Held = append(s.Held, other.Held...)
	s.Budgets = append(s.Budgets, other.Budgets...)
	s.Waiting += other.Waiting
	for team, n := range other.Digest {
		s.digest(team, n)
	}
	s.Dismissed += other.Dismissed
	s.Deleted += other.Deleted
	s.Exposed = append(s.Exposed, other.Exposed...)
}

// Run carries out the plan's changes, the oldest findings first. It stops early
// when the credentials are refused, the tracker asks for a pause, a person or
// another process stops it, a budget of the whole connection is used up,
// several items in a row cannot be dealt with, or the context ends; the next
// pass goes on from what is true then. One item that cannot be dealt with does
// not stop the others.
func (a *Applier) Run(ctx context.Context, p backlog.Plan) (Summary, error) {
	r := run{Applier: a, hash: p.Hash(), denied: map[backlog.ProjectID]string{}, spent: spent{}}
	changes := slices.Concat(p.Looks, p.Changes)
	slices.SortStableFunc(changes, func(x, y backlog.Planned) int { return x.Since.Compare(y.Since) })
	for i, change := range changes {
		if err := r.next(ctx, change); err != nil {
			return r.sum, err
		}
		if a.Progress != nil {
			a.Progress(i+1, len(changes))
		}
	}
	return r.sum, nil
}

// run is what one Run has learnt so far.
type run struct {
	*Applier
	hash     string
	sum      Summary
	changed  int // items
	failures int // items in a row that could not be dealt with
	denied   map[backlog.ProjectID]string
	spent    spent
	deletion bool // what was tried last was to delete a comment, which has a right of its own
}

// next deals with the next planned change, or says why not. An error ends the
// run.
func (r *run) next(ctx context.Context, change backlog.Planned) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if why := r.denied[change.Project]; why != "" {
		r.sum.hold(r.Connection, change.Change, why)
		return nil
	}
	if why := r.overdrawn(change.Change); why != "" {
		r.sum.wait(r.Connection, change.Change, why)
		return nil
	}
	requests := r.sum.Requests
	receipt, err := r.item(ctx, change)
	if r.sum.Requests > requests {
		r.changed++
	}
	if err != nil {
		r.failures++
		if ctx.Err() != nil || !poisoned(err) || r.failures == enough {
			return fmt.Errorf("write on %s: %w", change.Key, err)
		}
		r.sum.Failed++
		r.sum.hold(r.Connection, change.Change, err.Error())
		return nil
	}
	r.failures = 0
	if receipt.Refusal == backlog.Denied && !r.deletion {
		r.denied[change.Project] = "we may not write in this project: " + receipt.Reason
	}
	return nil
}

// overdrawn says which budget does not allow a change to be even looked at.
func (r *run) overdrawn(change backlog.Change) string {
	if r.PerPass > 0 && r.changed >= r.PerPass {
		return fmt.Sprintf("the budget is used up: %d items per pass", r.PerPass)
	}
	return r.spent.over(change)
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
func (r *run) item(ctx context.Context, planned backlog.Planned) (backlog.Receipt, error) {
	healing := false
	for range staleTries {
		if err := r.Applier.hold(ctx); err != nil {
			return backlog.Receipt{}, err
		}
		began := r.Clock()
		change, held, err := r.look(ctx, planned.Item, healing, &r.sum)
		change.Seen = began
		if err != nil {
			return backlog.Receipt{}, err
		}
		if change.Empty() {
			if held != "" {
				r.sum.hold(r.Connection, planned.Change, held)
			}
			return backlog.Receipt{}, nil
		}
		if change = r.sum.unseen(change); change.Empty() {
			r.sum.hold(r.Connection, planned.Change, "customers see comments there: labels only")
			return backlog.Receipt{}, nil
		}
		r.deletion = deletes(change.Change)
		receipt, err := r.afford(ctx, change.Change, change.Team)
		if err != nil {
			return receipt, err
		}
		if receipt.Refusal == backlog.Stale {
			continue
		}
		if receipt.Exposed { // it is taken back at once
			healing = true
			continue
		}
		if deletes(change.Change) && receipt.Outcome == backlog.Applied {
			r.sum.Deleted++
			if healing = !change.Forget; healing { // there may be more, and something to say
				continue
			}
		}
		return receipt, r.refused(planned.Change, receipt)
	}
	r.sum.hold(r.Connection, planned.Change, "somebody else keeps editing it; tried again in the next pass")
	return backlog.Receipt{}, nil
}

// refused says what a refusal means for the run.
func (r *run) refused(change backlog.Change, receipt backlog.Receipt) error {
	switch receipt.Refusal {
	case "":
		return nil
	case backlog.Unauthorized:
		return fmt.Errorf("%w: %s", backlog.ErrUnauthorized, receipt.Reason)
	case backlog.Throttled:
		return fmt.Errorf("%w: %s", errPaused, receipt.Reason)
	}
	r.sum.Failed++
	r.sum.hold(r.Connection, change, "the tracker refused: "+receipt.Reason)
	return nil
}

// afford carries a change out if its budgets allow it. When only the budget for
// comments to one person is used up, the labels are set without the comment, and
// the report tells of the item.
func (r *run) afford(ctx context.Context, change backlog.Change, team string) (backlog.Receipt, error) {
	receipt, err := r.carry(ctx, change, r.hash, &r.sum)
	var over *backlog.OverBudget
	if !errors.As(err, &over) {
		return receipt, err
	}
	r.spent.note(over)
	if !commentOnly(over.Charge) {
		r.sum.wait(r.Connection, change, over.Error())
		return backlog.Receipt{}, nil
	}
	if err := r.Store.InDigest(ctx, change.Item); err != nil {
		return backlog.Receipt{}, err
	}
	r.sum.digest(team, 1)
	if quiet := silent(change); !quiet.Empty() {
		return r.afford(ctx, quiet, team)
	}
	return backlog.Receipt{}, nil
}

// deletes reports whether a change takes a comment of ours away.
func deletes(c backlog.Change) bool { return c.Comment != nil && c.Comment.Delete }

var errPaused = errors.New("the tracker asked for a pause")

func (s *Summary) hold(connection string, change backlog.Change, reason string) {
	s.Held = append(s.Held, backlog.Held{Connection: connection, Item: change.Item, Key: change.Key, Reason: reason})
}

// wait holds a change back until its budget allows it.
func (s *Summary) wait(connection string, change backlog.Change, budget string) {
	s.hold(connection, change, budget+"; the next pass goes on from here")
	s.Waiting++
	if !slices.Contains(s.Budgets, budget) {
		s.Budgets = append(s.Budgets, budget)
	}
}
