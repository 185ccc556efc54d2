package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

func policiesListCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "List the policies by practice, with how they are set and what they found", Args: noArgs,
		Example: "  trackwarden policies list\n  trackwarden policies list --json | jq -r '.policies[] | select(.writes) | .policy'",
		RunE:    func(cmd *cobra.Command, _ []string) error { return s.listPolicies(cmd.Context()) },
	}
	s.jsonFlags(cmd)
	return cmd
}

// listedPolicy is a policy as policies list prints it.
type listedPolicy struct {
	Policy    string              `json:"policy"`
	Title     string              `json:"title"`
	Practice  string              `json:"practice"`
	Level     backlog.Level       `json:"level"`
	Subject   backlog.SubjectKind `json:"subject"`
	Severity  backlog.Severity    `json:"severity"` // as set everywhere; parts may set it otherwise
	Bundles   []string            `json:"bundles"`
	Label     string              `json:"label"`
	Writes    bool                `json:"writes"`
	Enabled   bool                `json:"enabled"`             // everywhere, but for otherwise
	Otherwise []string            `json:"otherwise,omitempty"` // the teams for which enabled is not so
	Open      *int                `json:"open,omitempty"`      // findings; not there when nothing was judged yet
	Own       bool                `json:"own"`                 // of a folder, not built in
}

func (s *session) listPolicies(ctx context.Context) error {
	r, err := s.rulesOf(ctx, nil)
	if err != nil {
		return err
	}
	a, err := s.backlogOf(ctx, r.Library)
	if err != nil {
		return err
	}
	if a != nil {
		defer a.close()
	}
	open, err := a.openCounts(ctx)
	if err != nil {
		return incomplete(err)
	}
	cfg, err := s.perhaps()
	if err != nil {
		return err
	}
	setting := &app{cfg: cfg, library: r.Library}
	all := []listedPolicy{}
	for _, group := range byPractice(r.Policies()) {
		for _, p := range group {
			l := setting.listed(p)
			l.Own = r.own[p.ID+".rego"] != ""
			if open != nil {
				n := open[p.ID]
				l.Open = &n
			}
			all = append(all, l)
		}
	}
	if s.json() {
		return printJSON(s.out, map[string]any{"schema": contractSchema, "revision": r.Revision(), "policies": all})
	}
	newPrinter(s.out).policies(all)
	return nil
}

// openCounts counts the open findings by policy; nil without a store.
func (a *app) openCounts(ctx context.Context) (map[string]int, error) {
	if a == nil {
		return nil, nil
	}
	counts, err := a.db.FindingCounts(ctx)
	if err != nil {
		return nil, err
	}
	open := map[string]int{}
	for _, c := range counts {
		open[c.Policy] += c.Open
	}
	return open, nil
}

// listed says how a policy is set: everywhere, and for which teams otherwise.
func (a *app) listed(p engine.Policy) listedPolicy {
	l := listedPolicy{
		Policy: p.ID, Title: p.Title, Practice: p.Practice, Level: p.Level, Subject: p.Subject,
		Severity: p.Severity, Bundles: orEmpty(p.Bundles), Label: p.Label, Writes: p.Writes, Enabled: true,
	}
	if a.cfg == nil {
		return l
	}
	rule := a.judging().Rule
	everywhere := rule(p, "", "", "")
	l.Severity, l.Enabled = everywhere.Severity, everywhere.Enabled
	l.Label, l.Writes = a.cfg.Labels.Prefix+p.Label, a.cfg.Policies.Writing.Allows(p.ID, p.Writes)
	for _, c := range a.cfg.Connections {
		for _, team := range append([]backlog.Team{{}}, a.cfg.Organisation().Teams...) {
			if rule(p, c.Name, team.Train, team.Name).Enabled != everywhere.Enabled {
				l.Otherwise = append(l.Otherwise, cmp.Or(team.Name, c.Name))
			}
		}
	}
	slices.Sort(l.Otherwise)
	l.Otherwise = slices.Compact(l.Otherwise)
	return l
}

func (p *printer) policies(all []listedPolicy) {
	practice, counts := "", 0
	var rows [][]string
	flush := func() {
		if len(rows) > 0 {
			p.heading("%s", practice)
			p.table([]string{"POLICY", "SEVERITY", "LEVEL", "LABEL", "BUNDLES", "WRITES", "ON", "OPEN", "TITLE"}, rows)
		}
		rows = nil
	}
	for _, l := range all {
		if l.Practice != practice {
			flush()
			practice = l.Practice
		}
		open := "-"
		if l.Open != nil {
			open = strconv.Itoa(*l.Open)
			counts += *l.Open
		}
		rows = append(rows, []string{l.Policy, string(l.Severity), string(l.Level), l.Label, strings.Join(l.Bundles, ", "), yesNo(l.Writes), l.on(), open, l.Title})
	}
	flush()
	p.line("")
	p.line("%d policies, %d open findings.", len(all), counts)
}

// on says where a policy is switched on.
func (l listedPolicy) on() string {
	switch {
	case len(l.Otherwise) == 0:
		return yesNo(l.Enabled)
	case l.Enabled:
		return "not for " + strings.Join(l.Otherwise, ", ")
	default:
		return "only for " + strings.Join(l.Otherwise, ", ")
	}
}
