package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/example"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// demoFlags is what the demo can be told.
type demoFlags struct {
	once        bool
	dir         string
	jira, azure []string
}

func demoCommand(s *session) *cobra.Command {
	var flags demoFlags
	cmd := &cobra.Command{
		Use: "demo", Short: "Try it on simulated trackers, with an example or with real data", Args: noArgs,
		Long: `Starts a simulated Jira Cloud site and a simulated Azure DevOps organisation on
this machine, holding an example release train or the issues and work items of
the files given, and shows an observing pass, an enforcing pass, a second pass
that writes nothing, and the weekly report. Then it runs as the daemon until
Ctrl-C, unless --once is given. Nothing leaves this machine.

A Jira file holds one REST v2 issue per line, an Azure file one work item per
line, both gzipped.`,
		Example: `  trackwarden demo
  trackwarden demo --once
  trackwarden demo --jira-data issues.jsonl.gz --azure-data workitems.jsonl.gz`,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.demo(cmd.Context(), flags) },
	}
	cmd.Flags().BoolVar(&flags.once, "once", false, "end after the report instead of running on")
	cmd.Flags().StringVar(&flags.dir, "dir", "trackwarden-demo", "`FOLDER` for the demo's configuration, store and report")
	cmd.Flags().StringArrayVar(&flags.jira, "jira-data", nil, "`FILE` of Jira issues, may be given several times")
	cmd.Flags().StringArrayVar(&flags.azure, "azure-data", nil, "`FILE` of Azure Boards work items, may be given several times")
	return cmd
}

func (s *session) demo(ctx context.Context, flags demoFlags) error {
	world, err := example.Start(flags.jira, flags.azure, time.Now)
	if err != nil {
		return usage(err)
	}
	defer world.Stop()
	d := demo{session: s, world: world, dir: flags.dir, print: newPrinter(s.out)}
	if err := d.prepare(); err != nil {
		return usage(err)
	}
	steps := []func(context.Context) error{d.observe, d.enforce, d.again, d.report}
	if !flags.once {
		steps = append(steps, d.stay)
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// demo walks through what a new user does, on the same code and with a real
// configuration file.
type demo struct {
	*session
	world *example.World
	dir   string
	print *printer
}

// prepare makes a fresh folder with the token that the simulators accept.
func (d *demo) prepare() error {
	if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return fmt.Errorf("make demo folder: %w", err)
	}
	for _, name := range []string{"trackwarden.db", "trackwarden.db-wal", "trackwarden.db-shm"} {
		if err := os.Remove(filepath.Join(d.dir, name)); err != nil && !os.IsNotExist(err) {
			return fmt.Errorf("start afresh: %w", err)
		}
	}
	if err := os.WriteFile(filepath.Join(d.dir, "token"), []byte(d.world.Token), 0o600); err != nil {
		return fmt.Errorf("write token: %w", err)
	}
	d.print.line("Trackers on this machine: %s", d.world.Summary())
	return nil
}

// open writes the configuration for a mode and opens it as any command would.
func (d *demo) open(ctx context.Context, mode string) (*app, error) {
	token, err := filepath.Abs(filepath.Join(d.dir, "token"))
	if err != nil {
		return nil, usage(err)
	}
	text, err := d.world.Config(mode, token)
	if err != nil {
		return nil, usage(err)
	}
	d.configPath = filepath.Join(d.dir, "trackwarden.yaml")
	if err := os.WriteFile(d.configPath, []byte(text), 0o644); err != nil {
		return nil, usage(fmt.Errorf("write configuration: %w", err))
	}
	return d.session.open(ctx)
}

// passed opens, does one pass and hands both on.
func (d *demo) passed(ctx context.Context, mode string, depth reconcile.Depth, show func(*app, reconcile.Result) error) error {
	a, err := d.open(ctx, mode)
	if err != nil {
		return err
	}
	defer a.close()
	result, err := d.pass(ctx, a, depth, false)
	if err != nil {
		return incomplete(err)
	}
	if err := show(a, result); err != nil {
		return incomplete(err)
	}
	return completeStatus(result)
}

func (d *demo) observe(ctx context.Context) error {
	d.print.heading("1. Observe: read, judge, and say what would be written")
	return d.passed(ctx, config.Observe, reconcile.Plan, func(a *app, result reconcile.Result) error {
		contract, err := a.checkContract(ctx, result)
		if err != nil {
			return err
		}
		d.print.connections(contract.Connections)
		d.print.line("")
		d.print.verdicts(contract.Verdicts)
		d.print.line("")
		plan := planOf(result, false)
		d.print.overview(plan)
		d.print.held(plan.Held)
		return nil
	})
}

func (d *demo) enforce(ctx context.Context) error {
	d.print.heading("2. Enforce: write it")
	return d.write(ctx)
}

func (d *demo) again(ctx context.Context) error {
	d.print.heading("3. Again: nothing has changed")
	return d.write(ctx)
}

func (d *demo) write(ctx context.Context) error {
	return d.passed(ctx, config.Enforce, reconcile.Apply, func(_ *app, result reconcile.Result) error {
		contract := planOf(result, true)
		d.print.held(contract.Held)
		d.print.line("%s", wrote(*contract.Writes, len(contract.Held)))
		return nil
	})
}

func (d *demo) report(ctx context.Context) error {
	d.print.heading("4. Report: this week")
	a, err := d.open(ctx, config.Enforce)
	if err != nil {
		return err
	}
	defer a.close()
	r, err := a.report(ctx)
	if err != nil {
		return incomplete(err)
	}
	d.print.scores(r)
	for format, name := range map[string]string{"html": "report.html", "markdown": "report.md", "json": "report.json"} {
		if _, err := writeReport(filepath.Join(d.dir, name), format, r); err != nil {
			return usage(err)
		}
	}
	d.print.line("The whole report: %s (and .md, .json)", filepath.Join(d.dir, "report.html"))
	return nil
}

func (d *demo) stay(ctx context.Context) error {
	d.print.heading("5. Run: as the daemon, until Ctrl-C")
	d.print.line("Edit an item and watch: %s", d.world.Hint())
	a, err := d.open(ctx, config.Enforce)
	if err != nil {
		return err
	}
	defer a.close()
	return a.run(ctx)
}
