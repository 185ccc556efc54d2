package reconcile

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// Loop decides when passes run: at once, then on every poll; a short one
// whenever it is woken; and a job once for each of its slots.
type Loop struct {
	Poll  time.Duration
	Pass  func(ctx context.Context) error
	Wake  <-chan struct{}                 // may be nil
	Woken func(ctx context.Context) error // what is done then
	Jobs  []Job
	Clock func() time.Time
	Log   *slog.Logger
}

// Job is work on a schedule.
type Job struct {
	Name string
	// Last is the newest slot that is not after a point in time; zero for none.
	Last func(now time.Time) time.Time
	// Claim takes a slot; false when it was taken before. A slot that passed
	// while the daemon was down is taken when it is up again.
	Claim func(ctx context.Context, slot time.Time) (bool, error)
	// Release gives a slot back whose work failed, so that it is tried again.
	Release func(ctx context.Context, slot time.Time) error
	Run     func(ctx context.Context, slot time.Time) error
}

// Run goes on until the context ends. An error of a pass or a job is logged
// and the loop carries on: the next pass starts from what is true then.
func (l *Loop) Run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			l.do(ctx, "pass", l.Pass)
			l.jobs(ctx)
			timer.Reset(l.Poll)
		case <-l.Wake:
			l.do(ctx, "look at webhooks", l.Woken)
		}
	}
}

func (l *Loop) do(ctx context.Context, what string, do func(context.Context) error) {
	if err := do(ctx); err != nil && ctx.Err() == nil {
		l.Log.Error(what, "error", err)
	}
}

func (l *Loop) jobs(ctx context.Context) {
	for _, job := range l.Jobs {
		if ctx.Err() != nil {
			return
		}
		if err := l.job(ctx, job); err != nil {
			l.Log.Error("job", "name", job.Name, "error", err)
		}
	}
}

func (l *Loop) job(ctx context.Context, job Job) error {
	slot := job.Last(l.Clock())
	if slot.IsZero() {
		return nil
	}
	fresh, err := job.Claim(ctx, slot)
	if err != nil || !fresh {
		return err
	}
	if err := job.Run(ctx, slot); err != nil {
		return errors.Join(err, job.Release(context.WithoutCancel(ctx), slot))
	}
	return nil
}
