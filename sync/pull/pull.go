package pull

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Store is what pulling needs of the store.
type Store interface {
	PinSite(ctx context.Context, connection string, site backlog.Site) error
	Round(ctx context.Context, site backlog.SiteID) (open []backlog.Sweep, mark backlog.Mark, err error)
	BeginRound(ctx context.Context, site backlog.SiteID, sweeps []backlog.Sweep) error
	CommitPage(ctx context.Context, connection string, site backlog.SiteID, sweep string, page backlog.Page) (backlog.Changes, error)
	EndRound(ctx context.Context, site backlog.SiteID) error
	Reached(ctx context.Context, site backlog.SiteID) (ended, items int, err error)
	CommitSightings(ctx context.Context, connection string, site backlog.SiteID, sightings []backlog.Sighting, context bool) (backlog.Changes, error)
	NotStored(ctx context.Context, ids []backlog.ItemID) ([]backlog.ItemID, error)
	Unresolved(ctx context.Context, limit int) ([]backlog.Ref, error)
	Asked(ctx context.Context, refs []backlog.Ref) error
	HistoryDue(ctx context.Context, site backlog.SiteID, limit int) ([]backlog.PastDue, error)
	CommitHistory(ctx context.Context, site backlog.SiteID, read []backlog.Remembered) (changed int, err error)
	LinksDue(ctx context.Context, site backlog.SiteID, limit int) ([]backlog.LinksDue, error)
	CommitLinks(ctx context.Context, connection string, site backlog.SiteID, read []backlog.LinksRead) (changed int, err error)
	ForgetLinks(ctx context.Context, connection string, site backlog.SiteID) error
	Counts(ctx context.Context, connection string) (map[string]int, error)
	LastPasses(ctx context.Context) (map[string]backlog.PassRecord, error)
	Books
}

// Puller pulls connections, one call each.
type Puller struct {
	Store    Store
	Clock    func() time.Time
	Log      *slog.Logger
	Parallel int                 // how many sweeps of a connection are read at once; 0 is 8
	Settings map[string]Settings // by connection
	Progress func(Progress)      // told of every page, by one goroutine at a time for each connection; may be nil
}

// Result is what one pull of one connection brought.
type Result struct {
	Site     backlog.Site
	Changes  backlog.Changes
	Coverage []backlog.Coverage
	Broken   []backlog.Broken
}

// Describe asks the site how it is built and pins its identity, so that
// another site behind the same connection is refused.
func (p *Puller) Describe(ctx context.Context, connection string, reader backlog.Reader) (backlog.Site, error) {
	site, err := reader.Describe(ctx)
	if err != nil {
		return backlog.Site{}, fmt.Errorf("describe site: %w", err)
	}
	if err := p.Store.PinSite(ctx, connection, site); err != nil {
		return backlog.Site{}, fmt.Errorf("pin site: %w", err)
	}
	if err := p.drift(ctx, connection, site); err != nil {
		return backlog.Site{}, fmt.Errorf("compare fields: %w", err)
	}
	return site, nil
}

// Pull brings one connection up to date; site is what it said of itself just
// now. On an error the result still holds what was committed, and its coverage
// says that it is not whole.
func (p *Puller) Pull(ctx context.Context, connection string, site backlog.Site, reader backlog.Reader) (Result, error) {
	result := Result{Site: site}
	if err := p.round(ctx, connection, reader, &result); err != nil {
		result.Coverage = failed(connection, site, err)
		return result, err
	}
	if err := p.mend(ctx, connection, reader, &result); err != nil {
		result.Coverage = failed(connection, site, err)
		return result, err
	}
	if err := p.drain(ctx, connection, site); err != nil {
		result.Coverage = failed(connection, site, err)
		return result, err
	}
	var err error
	ended := p.part(connection, "census")
	result.Coverage, err = p.coverage(ctx, connection, reader, &result)
	ended()
	if err != nil {
		result.Coverage = failed(connection, site, err)
	}
	return result, err
}

// round reads every sweep that is still open, or begins a new round. A round
// that the reader can no longer go on with, because a project left the scope
// or a position is too old, begins again: the mark has not moved, so nothing
// is missed.
func (p *Puller) round(ctx context.Context, connection string, reader backlog.Reader, result *Result) error {
	sweeps, mark, err := p.Store.Round(ctx, result.Site.ID)
	if err != nil {
		return fmt.Errorf("load round: %w", err)
	}
	if len(sweeps) > 0 {
		ended, items, err := p.Store.Reached(ctx, result.Site.ID)
		if err != nil {
			return fmt.Errorf("load round: %w", err)
		}
		err = p.finish(ctx, connection, reader, sweeps, newMeter(connection, p.Progress, ended, items), result)
		if !errors.Is(err, backlog.ErrIncomplete) {
			return err
		}
		p.Log.Warn("begin the round again", "connection", connection, "error", err)
	}
	return p.begin(ctx, connection, reader, mark, result)
}

// begin opens a new round and reads it.
func (p *Puller) begin(ctx context.Context, connection string, reader backlog.Reader, mark backlog.Mark, result *Result) error {
	ended := p.part(connection, "list sweeps")
	sweeps, err := reader.Sweeps(ctx, mark)
	ended()
	if err != nil {
		return fmt.Errorf("list sweeps: %w", err)
	}
	if err := p.Store.BeginRound(ctx, result.Site.ID, sweeps); err != nil {
		return fmt.Errorf("begin round: %w", err)
	}
	return p.finish(ctx, connection, reader, sweeps, newMeter(connection, p.Progress, 0, 0), result)
}

// part begins a part of reading; what it returns says, at debug level, that the
// part ended and how long it took. make bench follows these lines.
func (p *Puller) part(connection, name string) (ended func()) {
	began := p.Clock()
	return func() {
		p.Log.Debug("part of a pass ended", "part", name, "took", p.Clock().Sub(began), "connection", connection)
	}
}
