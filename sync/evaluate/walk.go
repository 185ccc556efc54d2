package evaluate

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
)

// So many subjects are loaded, judged and stored together.
const batch = 512

// walk judges everything of a connection that was not yet judged for today on
// the present basis, in the order in which it was first stored. It goes on
// where a walk stopped that was cut off. The next batch is loaded while one is
// judged and stored, so two are in memory.
func (e *Evaluator) walk(ctx context.Context, j *judge, connection string, again bool, sum *Summary) error {
	walk, err := e.Store.BeginWalk(ctx, connection, j.basis, j.calendar.today, again)
	if err != nil {
		return fmt.Errorf("begin to judge %s: %w", connection, err)
	}
	group, ctx := errgroup.WithContext(ctx)
	batches := make(chan backlog.Batch)
	group.Go(func() error {
		defer close(batches)
		return e.ahead(ctx, walk, j.reads, batches)
	})
	group.Go(func() error {
		for b := range batches {
			judged, err := j.all(ctx, b)
			if err != nil {
				return err
			}
			if err := e.Store.SaveWalked(ctx, b.Walk, judged); err != nil {
				return fmt.Errorf("save judgements: %w", err)
			}
			sum.add(judged)
		}
		return nil
	})
	return group.Wait()
}

// ahead loads the batches of a walk.
func (e *Evaluator) ahead(ctx context.Context, walk backlog.Walk, reads map[backlog.Level]backlog.Reads, batches chan<- backlog.Batch) error {
	for {
		b, err := e.Store.Ahead(ctx, walk, batch, reads)
		if err != nil {
			return fmt.Errorf("load items: %w", err)
		}
		if b.Walk.Reached == walk.Reached {
			return nil
		}
		select {
		case batches <- b:
			walk = b.Walk
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// marked judges every subject that was marked to be judged again.
func (e *Evaluator) marked(ctx context.Context, j *judge, connections []string, sum *Summary) error {
	for {
		b, err := e.Store.Marked(ctx, connections, batch, j.reads)
		if err != nil {
			return fmt.Errorf("load marked items: %w", err)
		}
		if len(b.Marks) == 0 {
			return nil
		}
		judged, err := j.all(ctx, b)
		if err != nil {
			return err
		}
		if err := e.Store.SaveJudgements(ctx, judged); err != nil {
			return fmt.Errorf("save judgements: %w", err)
		}
		sum.add(judged)
	}
}
