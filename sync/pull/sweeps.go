package pull

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
)

// Sweeps of a connection that are read at once, unless the settings say
// otherwise.
const defaultParallel = 8

// reading is a round while its sweeps are read.
type reading struct {
	*Puller
	connection string
	reader     backlog.Reader
	meter      *meter

	mu     sync.Mutex // guards what follows
	result *Result
	failed error // the first failure: no further sweep is begun
}

// finish reads sweeps to their last pages, stage by stage, and ends the round.
func (p *Puller) finish(ctx context.Context, connection string, reader backlog.Reader, sweeps []backlog.Sweep, m *meter, result *Result) error {
	r := &reading{Puller: p, connection: connection, reader: reader, meter: m, result: result}
	m.begin(sweeps)
	defer p.part(connection, "pages")()
	sweeps = slices.SortedStableFunc(slices.Values(sweeps), func(a, b backlog.Sweep) int { return cmp.Compare(a.Stage, b.Stage) })
	for len(sweeps) > 0 {
		n := slices.IndexFunc(sweeps, func(s backlog.Sweep) bool { return s.Stage != sweeps[0].Stage })
		if n < 0 {
			n = len(sweeps)
		}
		if err := r.stage(ctx, sweeps[:n]); err != nil {
			return err
		}
		sweeps = sweeps[n:]
	}
	if err := p.Store.EndRound(ctx, result.Site.ID); err != nil {
		return fmt.Errorf("end round: %w", err)
	}
	return nil
}

// stage reads sweeps at the same time, so many at once. When one fails, those
// under way go on to their ends and no other is begun: what they bring stays,
// and a sweep that fails again and again does not keep the rest from ever
// ending. Only a failure that concerns all of them stops them.
func (r *reading) stage(ctx context.Context, sweeps []backlog.Sweep) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var group errgroup.Group
	group.SetLimit(cmp.Or(r.Parallel, defaultParallel))
	for _, s := range sweeps {
		group.Go(func() error {
			if r.over(ctx) {
				return nil
			}
			err := r.sweep(ctx, s)
			if err == nil {
				return nil
			}
			r.fail(fmt.Errorf("read %s: %w", s.Name, err))
			if errors.Is(err, backlog.ErrIncomplete) || errors.Is(err, backlog.ErrUnauthorized) {
				stop()
			}
			return err
		})
	}
	if group.Wait() == nil && ctx.Err() == nil {
		return nil
	}
	return cmp.Or(r.failed, ctx.Err())
}

// over reports whether no further sweep shall be begun.
func (r *reading) over(ctx context.Context) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed != nil || ctx.Err() != nil
}

func (r *reading) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failed = cmp.Or(r.failed, err)
}

// sweep reads one sweep to its last page. While a page is committed the next
// is on its way already, and no more than that one.
func (r *reading) sweep(ctx context.Context, sweep backlog.Sweep) error {
	ctx, stop := context.WithCancel(ctx)
	pages := ahead(ctx, r.reader.Read(ctx, sweep))
	defer func() {
		stop()
		for range pages { // the reader is done with when we return
			continue
		}
	}()
	for next := range pages {
		if next.err != nil {
			return next.err
		}
		if err := r.commit(ctx, sweep.Name, next.page); err != nil {
			return err
		}
		if next.page.Last {
			return nil
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return fmt.Errorf("%w: the sweep ended without a last page", backlog.ErrIncomplete)
}

func (r *reading) commit(ctx context.Context, sweep string, page backlog.Page) error {
	if err := r.remember(ctx, page.Broken); err != nil {
		return fmt.Errorf("remember broken items: %w", err)
	}
	changes, err := r.Store.CommitPage(ctx, r.connection, r.result.Site.ID, sweep, page)
	if err != nil {
		return fmt.Errorf("commit page: %w", err)
	}
	r.mu.Lock()
	r.result.Changes.Add(changes)
	r.result.Broken = append(r.result.Broken, page.Broken...)
	r.mu.Unlock()
	r.meter.page(sweep, page)
	return nil
}

// read is what a reader yields.
type read struct {
	page backlog.Page
	err  error
}

// ahead reads one page ahead of whoever takes them. The channel is closed when
// the reader is no longer used.
func ahead(ctx context.Context, seq iter.Seq2[backlog.Page, error]) <-chan read {
	pages := make(chan read)
	go func() {
		defer close(pages)
		for page, err := range seq {
			select {
			case pages <- read{page, err}:
			case <-ctx.Done():
				return
			}
			if err != nil || page.Last {
				return
			}
		}
	}()
	return pages
}
