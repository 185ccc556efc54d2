package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	cron "github.com/netresearch/go-cron"
	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/reconcile"
	"github.com/trackwarden/trackwarden/web"
)

func runCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "run", Short: "Run as a daemon: a pass on every poll, the report on its schedule", Args: noArgs,
		Example: "  trackwarden run --config /etc/trackwarden/trackwarden.yaml",
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open(cmd.Context())
			if err != nil {
				return err
			}
			defer a.close()
			return a.run(cmd.Context())
		},
	}
}

// run polls until the context ends. A failed pass does not end the daemon.
func (a *app) run(ctx context.Context) error {
	d := a.daemon()
	server, err := web.Serve(ctx, a.cfg.Server.Listen, web.Handler(d.health, d.metrics, d.webhooks), a.log)
	if err != nil {
		return usage(fmt.Errorf("server.listen: %w: choose another address, or end what listens there (another trackwarden run?)", err))
	}
	job, err := a.reportJob()
	if err != nil {
		return usage(err)
	}
	poll := time.Duration(a.cfg.Schedule.Poll)
	a.log.Info("running", "connections", len(a.cfg.Connections), "poll", poll, "health", "http://"+server.Addr+"/healthz")
	loop := &reconcile.Loop{
		Poll: poll, Clock: a.clock, Log: a.log, Jobs: []reconcile.Job{job},
		Pass: d.pass, Wake: d.hints.Wake(), Woken: d.look,
	}
	loop.Run(ctx)
	a.log.Info("stopped")
	return nil
}

// logPass writes one line per connection that has something to tell.
func (a *app) logPass(result reconcile.Result) error {
	var problems []error
	for _, o := range result.Connections {
		if o.Err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", o.Name, told(o.Err)))
			continue
		}
		if doubt := o.Doubt(); doubt != "" {
			problems = append(problems, fmt.Errorf("%s: %s", o.Name, doubt))
		}
		if o.Pull.Changes.New+o.Pull.Changes.Changed+o.Writes.Requests > 0 {
			a.log.Info("pass", "connection", o.Name, "new", o.Pull.Changes.New, "changed", o.Pull.Changes.Changed,
				"writes", o.Writes.Requests)
		}
		if o.Stopped != "" {
			a.log.Warn("nothing more is written", "connection", o.Name, "why", o.Stopped)
		}
		for _, p := range o.Parked {
			a.log.Warn("a plan waits for a person", "connection", o.Name, "project", p.Key, "why", reconcile.ParkedReason(p))
		}
		for _, said := range peopleSaid(o) {
			a.log.Warn(said)
		}
		if o.Writes.Waiting > 0 {
			a.log.Warn("a budget is used up; the next pass goes on", "connection", o.Name, "items waiting", o.Writes.Waiting,
				"budget", strings.Join(o.Writes.Budgets, "; "))
		}
	}
	if result.Judged.Opened+result.Judged.Closed > 0 {
		a.log.Info("findings", "opened", result.Judged.Opened, "closed", result.Judged.Closed)
	}
	return errors.Join(problems...)
}

// reportJob makes the report on its schedule, once per slot, also when the
// daemon was down at the time. A daemon that has not seen everything yet waits
// with it, but no longer than a day: a tracker that stays away is worth a
// partial report.
func (a *app) reportJob() (reconcile.Job, error) {
	started := a.clock()
	schedule, err := cron.ParseStandard(a.cfg.Schedule.Report)
	if err != nil {
		return reconcile.Job{}, fmt.Errorf("schedule.report: %w", err)
	}
	return reconcile.Job{
		Name: "report",
		Last: func(now time.Time) time.Time { return lastSlot(schedule, now.In(a.cfg.Schedule.Zone())) },
		Claim: func(ctx context.Context, slot time.Time) (bool, error) {
			if seen, err := a.seenWhole(ctx); err != nil || !seen && a.clock().Sub(started) < patience {
				return false, err
			}
			return a.db.Slot(ctx, "report", slot, "file")
		},
		Release: func(ctx context.Context, slot time.Time) error {
			return a.db.ReleaseSlot(ctx, "report", slot, "file")
		},
		Run: func(ctx context.Context, _ time.Time) error { return a.fileReport(ctx) },
	}, nil
}

const patience = 24 * time.Hour

// seenWhole reports whether the last pass over every connection was whole.
func (a *app) seenWhole(ctx context.Context) (bool, error) {
	passes, err := a.db.LastPasses(ctx)
	if err != nil {
		return false, fmt.Errorf("load passes: %w", err)
	}
	for _, c := range a.cfg.Connections {
		pass, read := passes[c.Name]
		if !read || pass.Problem != "" || len(pass.Coverage) == 0 {
			return false, nil
		}
		for _, cover := range pass.Coverage {
			if cover.State != backlog.Complete {
				return false, nil
			}
		}
	}
	return true, nil
}

// How far back a missed slot is still made up for: a weekly one always is.
const lookBack = 8 * 24 * time.Hour

// lastSlot is the newest slot that is not after now; zero when none lies in
// the time looked back.
func lastSlot(schedule cron.Schedule, now time.Time) time.Time {
	var last time.Time
	for slot := schedule.Next(now.Add(-lookBack)); !slot.IsZero() && !slot.After(now); slot = schedule.Next(slot) {
		last = slot
	}
	return last
}

// fileReport writes the week's report into the folder reports beside the store.
func (a *app) fileReport(ctx context.Context) error {
	r, err := a.report(ctx)
	if err != nil {
		return err
	}
	folder := filepath.Join(filepath.Dir(a.db.Path()), "reports")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make report folder: %w", err)
	}
	for format, ending := range map[string]string{"html": ".html", "markdown": ".md", "json": ".json"} {
		path, err := writeReport(filepath.Join(folder, "report-"+r.Week+ending), format, r)
		if err != nil {
			return err
		}
		a.log.Info("report", "file", path)
	}
	return nil
}
