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
	MarkNeighbours(ctx context.Context, reason string, of backlog.Source) error
	ParentProjects(ctx context.Context, of backlog.Source) ([]backlog.Source, error)
	TurnAll(ctx context.Context) error
	Turned(ctx context.Context, limit int) (items []backlog.ItemID, seq int64, err error)
	Blocked(ctx context.Context, items []backlog.ItemID) ([]backlog.Edge, error)
	SetCycles(ctx context.Context, looked []backlog.ItemID, cycles map[backlog.ItemID][]string, seq int64) error
	Keys(ctx context.Context, ids []backlog.ItemID) (map[backlog.ItemID]string, error)
	Usage(ctx context.Context, since time.Time) ([]backlog.Usage, error)

	MarkDirty(ctx context.Context, reason string, some backlog.Some) error
	Marked(ctx context.Context, connections []string, limit int, reads map[backlog.Level]backlog.Reads) (backlog.Batch, error)
	SaveJudgements(ctx context.Context, judged []backlog.Judged) error
	BeginWalk(ctx context.Context, connection, basis, today string, again bool) (backlog.Walk, error)
	Ahead(ctx context.Context, walk backlog.Walk, limit int, reads map[backlog.Level]backlog.Reads) (backlog.Batch, error)
	SaveWalked(ctx context.Context, walk backlog.Walk, judged []backlog.Judged) error
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

// Settings is what evaluating is told. Version changes whenever any of it may
// have changed; only what has changed is then judged again.
type Settings struct {
	Organisation backlog.Organisation
	Rule         func(policy engine.Policy, connection, train, team string) Rule
	Exemptions   []Exemption
	Silence      backlog.Silence // labels by which people take an item out of every policy
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
	// Suspended are fields that cannot be trusted on a type now: policies that
	// need one of them do not judge there.
	Suspended []backlog.Suspension
	Full      bool // judge everything again
}

// Summary counts what one run did.
type Summary struct {
	Judged, Opened, Closed int
}

func (s *Summary) add(judged []backlog.Judged) {
	for _, j := range judged {
		s.Judged++
		s.Opened += len(j.Opened)
		s.Closed += len(j.Closed)
	}
}

// Run judges what has to be judged of the connections in scope: everything,
// when the day, the policies or the organisation changed or Full is set; then
// every subject that was marked.
func (e *Evaluator) Run(ctx context.Context, scope Scope) (Summary, error) {
	var sum Summary
	judge, err := e.prepare(ctx, scope)
	if err != nil {
		return sum, err
	}
	for _, connection := range scope.Connections {
		if err := e.walk(ctx, judge, connection, scope.Full, &sum); err != nil {
			return sum, err
		}
	}
	return sum, e.marked(ctx, judge, scope.Connections, &sum)
}

// prepare works out what is the same for every subject, and marks the subjects
// for which that has changed.
func (e *Evaluator) prepare(ctx context.Context, scope Scope) (*judge, error) {
	if err := e.cycles(ctx, scope.Full); err != nil {
		return nil, err
	}
	trust, err := e.trust(ctx, scope)
	if err != nil {
		return nil, err
	}
	sites, err := e.Store.Sites(ctx)
	if err != nil {
		return nil, fmt.Errorf("load sites: %w", err)
	}
	used, err := e.used(ctx, sites)
	if err != nil {
		return nil, err
	}
	if err := e.settings(ctx, sites); err != nil {
		return nil, err
	}
	return e.judge(trust, used)
}
