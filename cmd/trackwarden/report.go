package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/report"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// renderers is the one table of the report's formats.
var renderers = map[string]func(io.Writer, report.Report) error{
	"html": report.HTML, "markdown": report.Markdown, "json": report.JSON,
}

func reportCommand(s *session) *cobra.Command {
	var out, format string
	var refresh bool
	cmd := &cobra.Command{
		Use: "report", Short: "Write this week's report, of what was read last, to a file", Args: noArgs,
		Example: `  trackwarden report
  trackwarden report --refresh --out hygiene.md
  trackwarden report --format json --out -`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.report(cmd.Context(), out, format, refresh)
		},
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "`FILE` to write, - for standard output (default report-WEEK.html)")
	cmd.Flags().StringVar(&format, "format", "", "`FORMAT`: html, markdown or json (default by the file's ending)")
	cmd.Flags().BoolVar(&refresh, "refresh", false, "read the trackers and judge first")
	return cmd
}

func (s *session) report(ctx context.Context, out, format string, refresh bool) error {
	format, err := reportFormat(out, format)
	if err != nil {
		return err
	}
	a, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer a.close()
	if refresh {
		if _, err := s.pass(ctx, a, reconcile.Check, false); err != nil {
			return incomplete(err)
		}
	}
	r, err := a.report(ctx)
	if err != nil {
		return incomplete(err)
	}
	if out == "-" {
		err = renderers[format](s.out, r)
	} else {
		if out, err = writeReport(out, format, r); err == nil {
			fmt.Fprintln(s.err, out)
		}
	}
	if err != nil {
		return usage(err)
	}
	for _, why := range r.Partial {
		fmt.Fprintln(s.err, "partial:", harmless(why))
	}
	if len(r.Partial) > 0 {
		return &exitError{Code: exitIncomplete}
	}
	return nil
}

// reportFormat is the format asked for, or the one that the file's ending says.
func reportFormat(out, format string) (string, error) {
	if format == "" {
		switch ending := strings.ToLower(filepath.Ext(out)); ending {
		case ".md", ".markdown":
			format = "markdown"
		case ".json":
			format = "json"
		case "", ".html", ".htm":
			format = "html"
		default:
			return "", usage(fmt.Errorf("no report ends in %s: name a file that ends in .html, .md or .json, or give --format", ending))
		}
	}
	if renderers[format] == nil {
		return "", usage(fmt.Errorf("--format is html, markdown or json, not %q", format))
	}
	return format, nil
}

// report builds this week's report from the store.
func (a *app) report(ctx context.Context) (report.Report, error) {
	s := report.Settings{Organisation: a.cfg.Organisation(), Zone: a.cfg.Schedule.Zone()}
	for _, c := range a.cfg.Connections {
		s.Connections = append(s.Connections, c.Name)
	}
	for _, p := range a.library.Policies() {
		s.Policies = append(s.Policies, report.Rule{ID: p.ID, Title: p.Title, Remedy: p.Remedy, Practice: p.Practice, Severity: p.Severity})
	}
	for _, x := range a.cfg.Policies.Exemptions {
		s.Exemptions = append(s.Exemptions, report.Exemption{
			Policy: x.Policy, Connection: x.Connection, Item: x.Item, Train: x.Train, Team: x.Team, Owner: x.Owner, Reason: x.Reason, Until: x.Until,
		})
	}
	return report.Build(ctx, a.db, s, a.clock())
}

// writeReport writes the file whole or not at all, and returns its path. What is
// no file, such as a pipe or /dev/stdout, is written to and never replaced.
func writeReport(path, format string, r report.Report) (string, error) {
	if path == "" {
		path = fmt.Sprintf("report-%s.%s", r.Week, map[string]string{"html": "html", "markdown": "md", "json": "json"}[format])
	}
	var text bytes.Buffer
	if err := renderers[format](&text, r); err != nil {
		return path, err
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		if err := os.WriteFile(path, text.Bytes(), 0o644); err != nil {
			return path, fmt.Errorf("write report: %w", err)
		}
		return path, nil
	}
	temporary := path + ".new"
	if err := os.WriteFile(temporary, text.Bytes(), 0o644); err != nil {
		return path, fmt.Errorf("write report: %w", err)
	}
	if err := os.Rename(temporary, path); err != nil {
		return path, fmt.Errorf("write report: %w", err)
	}
	return path, nil
}
