package main

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/backlog"
)

func historyCommand(s *session) *cobra.Command {
	var connection string
	cmd := &cobra.Command{
		Use: "history ITEM", Short: "Show what was found on an item and written on it, over time", Args: oneItem,
		Example: "  trackwarden history SHOP-147",
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.withStore(cmd.Context(), func(a *app) error { return s.history(cmd.Context(), a, connection, args[0]) })
		},
	}
	cmd.Flags().StringVar(&connection, "connection", "", "the item's `CONNECTION`, where several know its key")
	s.formatFlag(cmd)
	return cmd
}

type historyContract struct {
	Schema int             `json:"schema"`
	Item   itemContract    `json:"item"`
	Events []eventContract `json:"events"` // oldest first
}

// eventContract is one thing that happened: found, closed, dismissed or wrote.
type eventContract struct {
	At     time.Time `json:"at"`
	What   string    `json:"what"`
	Policy string    `json:"policy,omitempty"`
	Detail string    `json:"detail"`
}

func (s *session) history(ctx context.Context, a *app, connection, name string) error {
	item, err := a.item(ctx, connection, name)
	if err != nil {
		return err
	}
	c := historyContract{Schema: contractSchema, Item: itemOf(item), Events: []eventContract{}}
	findings, err := a.db.FindingsOf(ctx, backlog.Subject{Kind: backlog.ItemSubject, ID: item.ID.String()})
	if err != nil {
		return incomplete(err)
	}
	for _, f := range findings {
		c.found(f)
	}
	err = a.db.EachAudit(ctx, backlog.AuditFilter{Item: item.ID}, func(e backlog.AuditEntry) error {
		c.Events = append(c.Events, eventContract{At: e.At.UTC(), What: "wrote", Detail: e.Summary + ": " + string(e.Receipt.Outcome)})
		return nil
	})
	if err != nil {
		return incomplete(err)
	}
	slices.SortStableFunc(c.Events, func(x, y eventContract) int { return x.At.Compare(y.At) })
	if s.json() {
		return printJSON(s.out, c)
	}
	newPrinter(s.out).history(c)
	return nil
}

func (c *historyContract) found(f backlog.Finding) {
	for what, at := range map[string]time.Time{"found": f.Opened, "dismissed": f.Dismissed, "closed": f.Closed} {
		if !at.IsZero() {
			c.Events = append(c.Events, eventContract{At: at.UTC(), What: what, Policy: f.Policy, Detail: f.Message})
		}
	}
}

func (p *printer) history(c historyContract) {
	p.item(c.Item)
	p.line("")
	if len(c.Events) == 0 {
		p.line("Nothing was ever found on it or written on it.")
		return
	}
	var rows [][]string
	for _, e := range c.Events {
		rows = append(rows, []string{moment(e.At), e.What, e.Policy, e.Detail})
	}
	p.table([]string{"WHEN", "WHAT", "POLICY", "DETAIL"}, rows)
}
