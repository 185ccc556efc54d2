package simulation

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

// ledger is the real database of one process. Before and after everything that
// writing commits, the process may die; the disk may be full, and the word that
// something was committed may be lost.
type ledger struct {
	*store.DB
	*world
	home *replica
}

var (
	errFull = errors.New("database or disk is full")
	errLost = errors.New("driver: bad connection")
)

// commit does something durable, or does not, or does and says otherwise.
func (l *ledger) commit(what string, do func() error) error {
	switch {
	case l.home.dead:
		return errDead
	case l.strikes("crash"):
		l.tell("%s dies before it commits %s", l.home.name, what)
		l.home.die()
		return errDead
	case l.strikes("store-full"):
		return errFull
	}
	if err := do(); err != nil {
		return err
	}
	switch {
	case l.strikes("crash"):
		l.tell("%s dies after it committed %s", l.home.name, what)
		l.home.die()
		return errDead
	case l.strikes("store-ack-lost"):
		return errLost
	}
	return nil
}

// BeginIntent and the others are what writing commits.
func (l *ledger) BeginIntent(ctx context.Context, change backlog.Change, steps []backlog.Step, hash string) error {
	return l.commit("intent "+change.Intent, func() error { return l.DB.BeginIntent(ctx, change, steps, hash) })
}

// MarkSent also notes whether it was allowed.
func (l *ledger) MarkSent(ctx context.Context, intent string, n int) error {
	return l.commit("sent "+intent, func() error {
		err := l.DB.MarkSent(ctx, intent, n)
		if err == nil && l.paused > 0 {
			l.wrong("%s is sent although writing is stopped", intent)
		}
		if err == nil && l.leader != l.home.holder() {
			l.wrong("%s is sent by %s, and %s has the lease", intent, l.home.holder(), l.leader)
		}
		return err
	})
}

// Record commits an outcome.
func (l *ledger) Record(ctx context.Context, r backlog.StepResult) error {
	return l.commit("outcome of "+r.Intent, func() error { return l.DB.Record(ctx, r) })
}

// CloseIntent ends one.
func (l *ledger) CloseIntent(ctx context.Context, id string, state backlog.IntentState, reason string) error {
	return l.commit("end of "+id, func() error { return l.DB.CloseIntent(ctx, id, state, reason) })
}

// React keeps what others did.
func (l *ledger) React(ctx context.Context, id backlog.ItemID, r backlog.Reaction) (dismissed int, err error) {
	err = l.commit("reaction on "+id.ID, func() (err error) { dismissed, err = l.DB.React(ctx, id, r); return err })
	return dismissed, err
}

// Looked notes that the comments were read.
func (l *ledger) Looked(ctx context.Context, id backlog.ItemID, revision string) error {
	return l.commit("look at "+id.ID, func() error { return l.DB.Looked(ctx, id, revision) })
}

// Acquire takes the lease.
func (l *ledger) Acquire(ctx context.Context, scope, holder string, term time.Duration) (lease backlog.Lease, held bool, err error) {
	err = l.commit("lease", func() (err error) {
		if lease, held, err = l.DB.Acquire(ctx, scope, holder, term); held {
			l.leader = holder
		}
		return err
	})
	return lease, held, err
}

// CommitPage stores what a sweep brought.
func (l *ledger) CommitPage(ctx context.Context, connection string, site backlog.SiteID, sweep string, page backlog.Page) (changes backlog.Changes, err error) {
	err = l.commit("page", func() (err error) { changes, err = l.DB.CommitPage(ctx, connection, site, sweep, page); return err })
	if err == nil {
		l.saw(page.Items...)
	}
	return changes, err
}

// CommitSightings stores what was fetched.
func (l *ledger) CommitSightings(ctx context.Context, connection string, site backlog.SiteID, all []backlog.Sighting, outside bool) (changes backlog.Changes, err error) {
	err = l.commit("sightings", func() (err error) {
		changes, err = l.DB.CommitSightings(ctx, connection, site, all, outside)
		return err
	})
	if err == nil {
		for _, s := range all {
			l.saw(s.Item)
		}
	}
	return changes, err
}

// CommitEcho stores how our own write left the item.
func (l *ledger) CommitEcho(ctx context.Context, connection string, item backlog.Item) error {
	return l.commit("echo of "+item.ID.ID, func() error { return l.DB.CommitEcho(ctx, connection, item) })
}

// saw notes which labels of ours the product knows to be gone. While a write is
// open it cannot tell: that may be why.
func (l *ledger) saw(items ...backlog.Item) {
	for _, item := range items {
		r := l.records[item.ID.ID]
		if r == nil || len(r.gone) == 0 || l.writing(item.ID) {
			continue
		}
		for name := range r.gone {
			if !slices.Contains(item.Labels, name) {
				delete(r.gone, name)
			}
		}
	}
}

// writing reports whether an intent of the item is open.
func (l *ledger) writing(id backlog.ItemID) bool {
	open, err := l.OpenIntents(context.Background(), siteID)
	return err != nil || slices.ContainsFunc(open, func(i backlog.Intent) bool { return i.Change.Item == id })
}
