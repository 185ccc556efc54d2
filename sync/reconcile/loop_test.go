package reconcile_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// slots is a job's books, as the store keeps them.
type slots map[time.Time]bool

func (s slots) claim(_ context.Context, at time.Time) (bool, error) {
	if s[at] {
		return false, nil
	}
	s[at] = true
	return true, nil
}

func (s slots) release(_ context.Context, at time.Time) error {
	delete(s, at)
	return nil
}

func TestALoopPassesAtOnceOnEveryPollAndLooksWhenWoken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		wake := make(chan struct{})
		var passes, looks []time.Duration
		start := time.Now()
		loop := reconcile.Loop{
			Poll: time.Minute, Wake: wake, Clock: time.Now, Log: slog.New(slog.DiscardHandler),
			Pass: func(context.Context) error {
				passes = append(passes, time.Since(start))
				return errors.New("a failed pass does not end the loop")
			},
			Woken: func(context.Context) error {
				looks = append(looks, time.Since(start))
				return errors.New("neither does a failed look")
			},
		}
		go loop.Run(ctx)
		time.Sleep(90 * time.Second)
		wake <- struct{}{}
		time.Sleep(61 * time.Second)
		stop()
		synctest.Wait()
		if want := []time.Duration{0, time.Minute, 2 * time.Minute}; !slices.Equal(passes, want) {
			t.Errorf("passes at %v, want %v", passes, want)
		}
		if want := []time.Duration{90 * time.Second}; !slices.Equal(looks, want) {
			t.Errorf("looks at %v, want %v", looks, want)
		}
	})
}

func TestAJobRunsOncePerSlotAndAgainWhenItFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		books, runs := slots{}, 0
		loop := reconcile.Loop{
			Poll: 10 * time.Minute, Clock: time.Now, Log: slog.New(slog.DiscardHandler),
			Pass: func(context.Context) error { return nil },
			Jobs: []reconcile.Job{{
				Name: "report", Claim: books.claim, Release: books.release,
				Last: func(now time.Time) time.Time { return now.Truncate(time.Hour) },
				Run: func(context.Context, time.Time) error {
					runs++
					if runs == 1 {
						return errors.New("the disk is full")
					}
					return nil
				},
			}},
		}
		go loop.Run(ctx)
		time.Sleep(2*time.Hour + time.Minute)
		stop()
		synctest.Wait()
		if runs != 4 { // failed, tried again, and once for each of two more hours
			t.Errorf("%d runs", runs)
		}
	})
}
