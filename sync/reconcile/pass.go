package reconcile

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/apply"
	"github.com/trackwarden/trackwarden/sync/evaluate"
	"github.com/trackwarden/trackwarden/sync/plan"
	"github.com/trackwarden/trackwarden/sync/pull"
)

// Depth is how far a pass goes.
type Depth int

// The depths: judge only, plan too, write too.
const (
	Check Depth = iota
	Plan
	Apply
)

// Store is what a pass needs of the store.
type Store interface {
	pull.Store
	evaluate.Store
	apply.Store
	EachCandidate(ctx context.Context, site backlog.SiteID, due bool, look func(backlog.Candidate) time.Time) error
	OweAll(ctx context.Context, site backlog.SiteID, key, basis string) error
	Iterations(ctx context.Context, site backlog.SiteID) ([]backlog.Iteration, error)
	Site(ctx context.Context, connection string) (backlog.Site, bool, error)
	BeginPass(ctx context.Context, connection string, site backlog.SiteID) (int64, error)
	EndPass(ctx context.Context, pass backlog.PassRecord) error
	Approved(ctx context.Context, connection string) (map[string]string, error)
	SavePlans(ctx context.Context, connection string, parked []backlog.Parked) error
	RemovedFrom(ctx context.Context, site backlog.SiteID, since time.Time) (items int, err error)
	TakeBackDismissals(ctx context.Context, site backlog.SiteID, since time.Time) error
	LeftBehind(ctx context.Context, site backlog.SiteID) ([]backlog.LeftBehind, error)
}

// Connection is one way into a tracker. A nil Writer means observe: whatever
// is planned, nothing can be written.
type Connection struct {
	Name   string
	Reader backlog.Reader
	Writer backlog.Writer
	// Historian tells what became of items before; nil where the tracker cannot.
	Historian backlog.Historian
	// Linker tells of links that the tracker keeps apart from its items; nil
	// where it has none, or none that matter.
	Linker backlog.Linker
	Narrow bool // the scope is narrower than its projects
	// Plan says how the connection wants to be written on; Rights are filled in
	// from what the site says.
	Plan       plan.Settings
	Quarantine time.Duration // see apply.Applier
	PerPass    int           // items changed in one pass; 0 is no bound
	Ramp       bool          // begin with a few items of a project
	Brake      plan.Brake    // what has to be approved by a person
}

// Reconciler does passes over a set of connections.
type Reconciler struct {
	Store       Store
	Connections []Connection
	Puller      *pull.Puller
	Evaluator   *evaluate.Evaluator
	Clock       func() time.Time
	NewID       func() string
	Holder      string // this process, in the leases of connections
	Log         *slog.Logger
	Given       Given // when set, nothing else is written
	// Writing is told how far applying is; it may be nil.
	Writing func(connection string, done, total int)
	// Sparing looks only at what is due where nothing may be written too: an
	// outcome's plan then is what is new in it.
	Sparing bool

	sites sync.Map // connection → description
}

// Result is what a pass saw and did.
type Result struct {
	Connections []Outcome
	Judged      evaluate.Summary
}

// Outcome is what a pass saw and did on one connection. Err is why it could
// not be read, planned or written whole; the other connections carried on.
type Outcome struct {
	Name   string
	Site   backlog.Site
	Pull   pull.Result
	Plan   backlog.Plan
	Parked []backlog.Parked // the part of the plan that waits for an approval
	Writes apply.Summary
	// Dismissed counts findings that people do not want to hear of any more, as
	// they said by taking off what spoke of them. Swept is how many items lost
	// our annotations within an hour, when these are too many for that.
	Dismissed int
	Swept     int
	Exposed   []string // where customers saw a comment of ours, each a sentence that says what to do
	Observe   bool     // writing is not switched on
	Stopped   string   // why writing ended early, when a person or another process wants it so
	Err       error

	reader   backlog.Reader // sees what addresses in other sites stand for
	linker   backlog.Linker // the same, or nil
	linkless bool           // it did not answer in this pass
	pass     int64
	pulled   bool
}

// Complete reports whether everything in scope was read and can be trusted.
func (o Outcome) Complete() bool {
	short := slices.ContainsFunc(o.Pull.Coverage, func(c backlog.Coverage) bool { return c.Seen < c.Expected })
	return o.Err == nil && o.Doubt() == "" && !short
}

// Pass does one pass. The error is about the house itself (the store, the
// policies); what goes wrong with a tracker is in its Outcome.
func (r *Reconciler) Pass(ctx context.Context, depth Depth, full bool) (Result, error) {
	watch := r.stopwatch()
	result, err := r.pull(ctx, watch)
	if err == nil {
		err = r.remember(ctx, result, pastsFirst)
	}
	watch.ended("past")
	if err == nil {
		err = r.judge(ctx, &result, full)
	}
	watch.ended("judge", "subjects", result.Judged.Judged)
	for i := range result.Connections {
		o := &result.Connections[i]
		if err == nil && depth >= Plan && o.pulled {
			r.write(ctx, r.Connections[i], depth, o)
		}
		err = errors.Join(err, r.end(ctx, o, err))
	}
	watch.ended("plan and write")
	if err == nil {
		err = r.remember(ctx, result, pastsAfter)
	}
	if err == nil {
		err = r.links(ctx, result, linksAfter)
	}
	watch.ended("after")
	if err == nil {
		err = ctx.Err()
	}
	return result, err
}

// judge evaluates what the pulled connections made dirty.
func (r *Reconciler) judge(ctx context.Context, result *Result, full bool) error {
	scope := evaluate.Scope{Full: full}
	if err := r.believe(ctx, result, &scope); err != nil {
		return err
	}
	if len(scope.Connections) == 0 {
		return nil
	}
	var err error
	if result.Judged, err = r.Evaluator.Run(ctx, scope); err != nil {
		return fmt.Errorf("judge: %w", err)
	}
	return nil
}

// end closes the connection's pass in the books, even when we were asked to
// stop or the house is broken: an interrupted pass must not look like one that
// never was.
func (r *Reconciler) end(ctx context.Context, o *Outcome, broken error) error {
	if o.pass == 0 {
		return nil
	}
	record := backlog.PassRecord{
		ID: o.pass, Connection: o.Name, Site: o.Site.ID, Ended: r.Clock(), Coverage: o.Pull.Coverage,
	}
	if problem := cmp.Or(o.Err, broken); problem != nil {
		record.Problem = problem.Error()
	}
	if err := r.Store.EndPass(context.WithoutCancel(ctx), record); err != nil {
		return fmt.Errorf("end pass of %s: %w", o.Name, err)
	}
	return nil
}
