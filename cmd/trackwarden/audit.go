package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

// auditQuery is which part of the audit log is asked for.
type auditQuery struct{ connection, item, since string }

func (q *auditQuery) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&q.connection, "connection", "", "only this `CONNECTION`")
	cmd.Flags().StringVar(&q.item, "item", "", "only the item with this `KEY`")
	cmd.Flags().StringVar(&q.since, "since", "", "only from this `DATE` on, YYYY-MM-DD")
}

func auditCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use: "audit", Short: "Show, check or export what was written on the items", Args: noArgs, DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(auditListCommand(s), auditVerifyCommand(s), auditExportCommand(s))
	return cmd
}

func auditListCommand(s *session) *cobra.Command {
	var q auditQuery
	cmd := &cobra.Command{
		Use: "list", Short: "List the writes, oldest first", Args: noArgs,
		Example: "  trackwarden audit list --since 2026-11-01\n  trackwarden audit list --item SHOP-147 --format json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withStore(cmd.Context(), func(a *app) error { return s.listAudit(cmd.Context(), a, q) })
		},
	}
	q.flags(cmd)
	s.formatFlag(cmd)
	return cmd
}

func auditVerifyCommand(s *session) *cobra.Command {
	var head string
	cmd := &cobra.Command{
		Use: "verify", Short: "Check that no row of the audit log was changed, added or removed", Args: noArgs,
		Long: `Every row is chained to the one before, so a changed, added or removed row shows.
A tail that was cut off does not: note the head that this command prints
somewhere else, and give it with --head to find that it is still in the chain.`,
		Example: "  trackwarden audit verify\n  trackwarden audit verify --head 7d0c…",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withStore(cmd.Context(), func(a *app) error { return s.verifyAudit(cmd.Context(), a, head) })
		},
	}
	cmd.Flags().StringVar(&head, "head", "", "a `HASH` that was the head before and must still be in the chain")
	return cmd
}

func auditExportCommand(s *session) *cobra.Command {
	var q auditQuery
	cmd := &cobra.Command{
		Use: "export", Short: "Print the rows as they were hashed, one JSON object a line", Args: noArgs,
		Long: `Each line has the connection, the hash before, the hash, and the row as text: the
hash is SHA-256 over the hash before and that text.`,
		Example: "  trackwarden audit export > audit.jsonl",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withStore(cmd.Context(), func(a *app) error { return s.exportAudit(cmd.Context(), a, q) })
		},
	}
	q.flags(cmd)
	return cmd
}

// withStore does something with the store that the configuration names.
func (s *session) withStore(ctx context.Context, do func(*app) error) error {
	a, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer a.close()
	return do(a)
}

// filter finds out what a query means.
func (a *app) filter(ctx context.Context, q auditQuery) (backlog.AuditFilter, error) {
	f := backlog.AuditFilter{Connection: q.connection}
	if err := a.knows(q.connection); err != nil {
		return f, err
	}
	if q.since != "" {
		since, err := time.ParseInLocation(time.DateOnly, q.since, a.cfg.Schedule.Zone())
		if err != nil {
			return f, usage(fmt.Errorf("--since is a date such as 2026-11-24, not %q", q.since))
		}
		f.Since = since
	}
	if q.item != "" {
		item, err := a.item(ctx, q.connection, q.item)
		if err != nil {
			return f, err
		}
		f.Item = item.ID
	}
	return f, nil
}

type auditContract struct {
	Connection string          `json:"connection"`
	Seq        int64           `json:"seq"`
	At         time.Time       `json:"at"`
	Item       string          `json:"item"`
	Key        string          `json:"key"`
	Summary    string          `json:"summary"`
	Policies   []string        `json:"policies"`
	Base       string          `json:"base"`
	Revision   string          `json:"revision,omitempty"`
	Rules      string          `json:"rules"`
	Input      string          `json:"input"`
	Receipt    backlog.Receipt `json:"receipt"`
	Before     json.RawMessage `json:"before,omitempty"`
	After      json.RawMessage `json:"after,omitempty"`
	Hash       string          `json:"hash"`
}

func (s *session) listAudit(ctx context.Context, a *app, q auditQuery) error {
	f, err := a.filter(ctx, q)
	if err != nil {
		return err
	}
	all := []auditContract{}
	err = a.db.EachAudit(ctx, f, func(e backlog.AuditEntry) error {
		all = append(all, auditContract{
			e.Connection, e.Seq, e.At.UTC(), e.Item.String(), e.Key, e.Summary, e.Policies, e.Base, e.Revision,
			e.Rules, e.Input, e.Receipt, e.Before, e.After, e.Hash,
		})
		return nil
	})
	if err != nil {
		return incomplete(fmt.Errorf("read the audit log: %w", err))
	}
	if s.json() {
		return printJSON(s.out, map[string]any{"schema": contractSchema, "audit": all})
	}
	newPrinter(s.out).audit(all)
	return nil
}

func (p *printer) audit(all []auditContract) {
	if len(all) == 0 {
		p.line("Nothing was written.")
		return
	}
	var rows [][]string
	for _, e := range all {
		outcome := string(e.Receipt.Outcome)
		if e.Receipt.Recovered {
			outcome += ", found by reading"
		}
		rows = append(rows, []string{
			moment(e.At), e.Connection, strconv.FormatInt(e.Seq, 10), e.Key, e.Summary, outcome, strings.Join(e.Policies, ", "),
		})
	}
	p.table([]string{"WHEN", "CONNECTION", "ROW", "ITEM", "WHAT", "OUTCOME", "ASKED BY"}, rows)
}

func (s *session) verifyAudit(ctx context.Context, a *app, head string) error {
	sites, err := a.db.Sites(ctx)
	if err != nil {
		return incomplete(fmt.Errorf("load sites: %w", err))
	}
	p, anchored := newPrinter(s.out), head == ""
	var rows [][]string
	for _, name := range names(sites) {
		n, last, err := a.db.VerifyAudit(ctx, sites[name].ID)
		if errors.Is(err, store.ErrTampered) {
			return incomplete(fmt.Errorf("connection %s: %w: keep a copy of the database before anything else, and compare it with a backup", name, err))
		}
		if err != nil {
			return incomplete(fmt.Errorf("verify the audit log: %w", err))
		}
		rows = append(rows, []string{name, strconv.FormatInt(n, 10), last})
	}
	p.table([]string{"CONNECTION", "ROWS", "HEAD"}, rows)
	if !anchored {
		if err := a.db.EachAudit(ctx, backlog.AuditFilter{}, func(e backlog.AuditEntry) error {
			anchored = anchored || e.Hash == head
			return nil
		}); err != nil {
			return incomplete(fmt.Errorf("read the audit log: %w", err))
		}
	}
	if !anchored {
		return incomplete(fmt.Errorf("%w: the head %s is no longer in any chain: rows at the end were cut off", store.ErrTampered, head))
	}
	p.line("The chain is whole.")
	return nil
}

func (s *session) exportAudit(ctx context.Context, a *app, q auditQuery) error {
	f, err := a.filter(ctx, q)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(s.out)
	encoder.SetEscapeHTML(false)
	err = a.db.EachAudit(ctx, f, func(e backlog.AuditEntry) error {
		return encoder.Encode(map[string]string{
			"connection": e.Connection, "prev": e.Prev, "hash": e.Hash, "row": string(e.Canonical),
		})
	})
	if err != nil {
		return incomplete(fmt.Errorf("export the audit log: %w", err))
	}
	return nil
}
