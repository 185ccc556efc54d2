package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/example"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// logged collects what the daemon logs.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func TestTheDaemonPollsReportsAndStops(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.app.close()
	cfg, err := config.Load(tr.configure(config.Enforce, "poll: 5s", "poll: 1s"), os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	var log logged
	tr.app, err = openApp(t.Context(), cfg, tr.clock.Now, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- tr.app.run(ctx) }()

	wait(t, &log, "the first labels", func() bool { return len(tr.world.Jira.Labels("SHOP-13")) == 2 })
	address := regexp.MustCompile(`http://[0-9.:]+`).FindString(log.String())
	wait(t, &log, "readiness", func() bool { return ask(t, address+"/readyz") == http.StatusOK })
	wait(t, &log, "the report", func() bool {
		_, err := os.Stat(filepath.Join(tr.dir, "reports", "report-2026-W48.html"))
		return err == nil
	})
	tr.clock.move(time.Minute)
	if err := tr.world.Jira.Human("557058:olga").SetField("SHOP-13", tr.criteriaField(), "* The address is kept"); err != nil {
		t.Fatal(err)
	}
	wait(t, &log, "the cure", func() bool { return len(tr.world.Jira.Labels("SHOP-13")) == 0 })
	stop()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the daemon does not stop")
	}
	if strings.Contains(log.String(), "level=ERROR") || strings.Contains(log.String(), tr.world.Token) {
		t.Errorf("log:\n%s", log.String())
	}
}

// wait polls for something that the daemon does in its own time.
func wait(t *testing.T, log *logged, what string, done func() bool) {
	t.Helper()
	for range 600 {
		if done() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s did not come\n%s", what, log)
}

func ask(t *testing.T, address string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode
}

func TestTheReportWaitsADayForATrackerThatStaysAway(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.world.Jira.Refuse(jirasim.Unauthorized)
	job, err := tr.app.reportJob()
	if err != nil {
		t.Fatal(err)
	}
	for _, later := range []struct {
		wait time.Duration
		want bool
	}{{0, false}, {23 * time.Hour, false}, {2 * time.Hour, true}, {time.Hour, false}} {
		tr.clock.move(later.wait)
		if _, err := tr.app.reconciler.Pass(t.Context(), reconcile.Apply, false); err != nil {
			t.Fatal(err)
		}
		claimed, err := job.Claim(t.Context(), job.Last(tr.clock.Now()))
		if err != nil || claimed != later.want {
			t.Errorf("%s later: claimed %v, %v", later.wait, claimed, err)
		}
	}
}

func TestSlotsAreMadeUpFor(t *testing.T) {
	a := &app{clock: time.Now, cfg: &config.Config{Schedule: config.Schedule{Report: "0 8 * * MON", Timezone: "Europe/Berlin"}}}
	job, err := a.reportJob()
	if err != nil {
		t.Fatal(err)
	}
	for now, want := range map[string]string{
		"2026-11-23T07:00:00Z": "2026-11-23T07:00:00Z", // Monday, eight in Berlin
		"2026-11-23T06:59:59Z": "2026-11-16T07:00:00Z",
		"2026-11-29T12:00:00Z": "2026-11-23T07:00:00Z",
		"2026-04-01T12:00:00Z": "2026-03-30T06:00:00Z", // summer time began the day before
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := job.Last(at).UTC().Format(time.RFC3339); got != want {
			t.Errorf("at %s the last slot is %s, want %s", now, got, want)
		}
	}
}

func TestM02TwoAppsOnOneStoreWriteOnce(t *testing.T) {
	tr := newTrain(t, nil, nil)
	cfg, err := config.Load(filepath.Join(tr.dir, "trackwarden.yaml"), os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	second, err := openApp(t.Context(), cfg, tr.clock.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer second.close()
	var group sync.WaitGroup
	for _, a := range []*app{tr.app, second} {
		group.Go(func() { _, _ = a.reconciler.Pass(t.Context(), 2, false) })
	}
	group.Wait()
	tr.clock.move(5 * time.Minute)
	tr.pass()
	for _, item := range example.Items() {
		if n, want := tr.comments(item), min(1, len(item.Planted)); n != want {
			t.Errorf("%s has %d comments, want %d", item.Key, n, want)
		}
	}
}
