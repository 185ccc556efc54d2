package azuredevops

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
)

// inFlight is into how many ranges of ids a project is cut at least, so that so
// many requests can be under way for one large project.
const inFlight = 8

// smallRange is how many full batches a range holds at least: below that, its
// own query and its half-empty last batch would cost more than they save.
const smallRange = 10

// span is a range of a project's ids: those above from, up to to. The last one
// has no end, so that it also holds what is created while it is read.
type span struct{ from, to, items int }

// spans cuts a project into ranges that together hold every id there can be.
// Where each begins is learnt by listing the ids once: ids of a project are not
// spread evenly, and ranges of one width would leave most of the work to one.
func (t *Tracker) spans(ctx context.Context, p *project) ([]span, error) {
	var all, batches []int // the latter: the last id of every full batch
	last := 0
	for {
		ids, err := t.idsAfter(ctx, p.Name, last, 0, "")
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if all = append(all, id); len(all)%t.settings.BatchSize == 0 {
				batches = append(batches, id)
			}
			last = id
		}
		if len(ids) < t.settings.RangeSize {
			break
		}
	}
	spans := cutEvenly(batches, len(all), t.settings.BatchSize, t.settings.RangeSize)
	if t.settings.Query == "" { // else an item might no longer meet it when it is read
		t.listed.keep(p.ID, all, spans)
	}
	return spans, nil
}

// cutEvenly makes ranges of whole batches: as many as keep all that are in
// flight busy to the end, and none of more ids than a query returns, unless
// that would make them small.
func cutEvenly(batches []int, count, batchSize, rangeSize int) []span {
	total := (count + batchSize - 1) / batchSize
	queries := (count + rangeSize - 1) / rangeSize
	n := (queries + inFlight - 1) / inFlight * inFlight
	n = max(1, min(n, total/smallRange))
	size := (total + n - 1) / n
	var spans []span
	at := span{}
	for i := size; i < total; i += size {
		at.to, at.items = batches[i-1], size*batchSize
		spans = append(spans, at)
		at = span{from: at.to}
	}
	at.items = count - len(spans)*size*batchSize
	return append(spans, at)
}

// allBackfills lists the sweeps of the projects that are to be read whole, by
// project of the scope. Projects are listed at the same time.
func (t *Tracker) allBackfills(ctx context.Context, m *model, wanted func(*project) (position, bool)) ([][]backlog.Sweep, error) {
	ranges := make([][]backlog.Sweep, len(m.scope))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(inFlight)
	for i, p := range m.scope {
		at, whole := wanted(p)
		if !whole {
			continue
		}
		group.Go(func() (err error) {
			if ranges[i], err = t.backfills(ctx, p, at); err != nil {
				return fmt.Errorf("list sweeps of %s: %w", p.Name, err)
			}
			return nil
		})
	}
	return ranges, group.Wait()
}

// backfills lists the sweeps that read a project whole.
func (t *Tracker) backfills(ctx context.Context, p *project, at position) ([]backlog.Sweep, error) {
	spans, err := t.spans(ctx, p)
	if err != nil {
		return nil, err
	}
	sweeps := make([]backlog.Sweep, len(spans))
	for i, s := range spans {
		at.Last, at.To, at.Total = s.from, s.to, s.items
		sweeps[i] = backlog.Sweep{Name: at.sweepName(), Position: at.String(), Total: at.Total}
	}
	return sweeps, nil
}
