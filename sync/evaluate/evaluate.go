package evaluate

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// Store is what evaluating needs of the store.
type Store interface {
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
	Sites(ctx context.Context) (map[string]backlog.Site, error)
	MarkAllDirty(ctx context.Context, reason string) error
	MarkDirty(ctx context.Context, reason string, some backlog.Some) error
	ParentProjects(ctx context.Context, of backlog.Source) ([]backlog.Source, error)
	Dirty(ctx context.Context, connections []string, limit int) ([]backlog.Dirty, error)
	Families(ctx context.Context, ids []backlog.ItemID) ([]backlog.Family, error)
	TurnAll(ctx context.Context) error
	Turned(ctx context.Context, limit int) (items []backlog.ItemID, seq int64, err error)
	Blocked(ctx context.Context, items []backlog.ItemID) ([]backlog.Edge, error)
	SetCycles(ctx context.Context, looked []backlog.ItemID, cycles map[backlog.ItemID][]string, seq int64) error
	Keys(ctx context.Context, ids []backlog.ItemID) (map[backlog.ItemID]string, error)
	Usage(ctx context.Context, since time.Time) ([]backlog.Usage, error)
	OpenFindings(ctx context.Context, subjects []backlog.Subject) (map[backlog.Subject][]backlog.Finding, error)
	SaveJudgements(ctx context.Context, judged []backlog.Judged) error
}

// Library judges one subject by all policies of its level.
type Library interface {
	Policies() []engine.Policy
	Revision() string
	Evaluate(ctx context.Context, in engine.Input) (engine.Result, error)
}

// Rule is how a policy is set for one team of one connection.
type Rule struct {
	Enabled  bool
	Severity backlog.Severity
	Params   map[string]any
}

// Exemption takes items or teams out of a policy until a day. Empty parts fit
// everything.
type Exemption struct {
	Policy, Connection, Item, Team string
	Owner, Reason                  string
	Until                          string // YYYY-MM-DD, the last day it holds
}

// Settings is what evaluating is told. Version changes with the settings, so
// that everything is judged again.
type Settings struct {
	Organisation backlog.Organisation
	Rule         func(policy engine.Policy, connection, train, team string) Rule
	Exemptions   []Exemption
	Zone         *time.Location
	Version      string
}

// Evaluator judges dirty subjects.
type Evaluator struct {
	Store    Store
	Library  Library
	Settings Settings
	Clock    func() time.Time
	Log      *slog.Logger
}

// Scope says which connections may be judged now, and how far their data can
// be trusted.
type Scope struct {
	Connections []string // pulled without an error in this pass
	// Doubt says why the data of a project is not known to be complete. What is
	// not in it is complete, if its connection is one of Connections.
	Doubt map[backlog.Source]string
	// Whole says that every configured connection has been seen whole at least
	// once. Before, nobody can say that an item has no children.
	Whole bool
	Full  bool // judge everything again
}

// Summary counts what one run did.
type Summary struct {
	Judged, Opened, Closed int
}

const batch = 500

// Run judges every dirty subject of the connections in scope.
func (e *Evaluator) Run(ctx context.Context, scope Scope) (Summary, error) {
	today := backlog.Day(e.Clock(), e.Settings.Zone)
	if err := e.invalidate(ctx, today, scope); err != nil {
		return Summary{}, err
	}
	if err := e.cycles(ctx, scope.Full); err != nil {
		return Summary{}, err
	}
	trust, err := e.trust(ctx, scope)
	if err != nil {
		return Summary{}, err
	}
	judge, err := e.judge(ctx, today, trust)
	if err != nil {
		return Summary{}, err
	}
	var sum Summary
	for {
		done, err := e.batch(ctx, judge, scope.Connections, &sum)
		if err != nil || done {
			return sum, err
		}
	}
}

// invalidate makes everything dirty when the day, the policies or the settings
// changed.
func (e *Evaluator) invalidate(ctx context.Context, today string, scope Scope) error {
	basis := fmt.Sprint(today, "|", e.Library.Revision(), "|", e.Settings.Version)
	before, err := e.Store.Setting(ctx, "evaluate/basis")
	if err != nil {
		return fmt.Errorf("load basis: %w", err)
	}
	if before == basis && !scope.Full {
		return nil
	}
	if err := e.Store.MarkAllDirty(ctx, "basis"); err != nil {
		return fmt.Errorf("mark all dirty: %w", err)
	}
	return e.Store.SetSetting(ctx, "evaluate/basis", basis)
}

// batch judges the next subjects and says whether none were left.
func (e *Evaluator) batch(ctx context.Context, judge *judge, connections []string, sum *Summary) (done bool, err error) {
	dirty, err := e.Store.Dirty(ctx, connections, batch)
	if err != nil || len(dirty) == 0 {
		return true, err
	}
	families, err := e.families(ctx, dirty)
	if err != nil {
		return false, err
	}
	open, err := e.Store.OpenFindings(ctx, subjects(dirty))
	if err != nil {
		return false, fmt.Errorf("load findings: %w", err)
	}
	judged, err := judge.all(ctx, dirty, families, open)
	if err != nil {
		return false, err
	}
	for _, j := range judged {
		sum.Judged++
		sum.Opened += len(j.Opened)
		sum.Closed += len(j.Closed)
	}
	if err := e.Store.SaveJudgements(ctx, judged); err != nil {
		return false, fmt.Errorf("save judgements: %w", err)
	}
	return false, nil
}

func (e *Evaluator) families(ctx context.Context, dirty []backlog.Dirty) (map[string]backlog.Family, error) {
	ids := make([]backlog.ItemID, 0, len(dirty))
	for _, d := range dirty {
		ids = append(ids, d.Item)
	}
	families, err := e.Store.Families(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("load items: %w", err)
	}
	byID := make(map[string]backlog.Family, len(families))
	for _, f := range families {
		byID[f.ID.String()] = f
	}
	return byID, nil
}

func subjects(dirty []backlog.Dirty) []backlog.Subject {
	all := make([]backlog.Subject, len(dirty))
	for i, d := range dirty {
		all[i] = d.Subject
	}
	return all
}
