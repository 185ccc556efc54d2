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

	Pulse(ctx context.Context) (string, error)
	Survey(ctx context.Context, policies []string, hand func(*backlog.Surveyed) error) error
	Ties(ctx context.Context) ([]backlog.Tie, error)
	Numbered(ctx context.Context, numbers []int64) (map[int64]*backlog.Stored, error)
	Presences(ctx context.Context, connection string) (map[backlog.Presence]int, error)
	Baselines(ctx context.Context) ([]backlog.Baseline, error)
	FreezeBaseline(ctx context.Context, b backlog.Baseline) error
	OpenFindings(ctx context.Context, subjects []backlog.Subject) (map[backlog.Subject][]backlog.Finding, error)
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

// Exemption takes items, teams, trains or connections out of a policy until a
// day. Empty parts fit everything.
type Exemption struct {
	Policy, Connection, Item, Train, Team string
	Owner, Reason                         string
	Until                                 string // YYYY-MM-DD, the last day it holds
}

// Settings is what evaluating is told. Version changes whenever any of it may
// have changed; only what has changed is then judged again.
type Settings struct {
	Organisation backlog.Organisation
	Rule         func(policy engine.Policy, connection, train, team string) Rule
	Exemptions   []Exemption
	Silence      backlog.Silence // labels by which people take an item out of every policy
	Zone         *time.Location
	Planning     backlog.Planning // what teams, trains and increments plan by
	SetsEvery    time.Duration    // how often these are judged at most while items change; 0: every ten minutes, negative: in every run
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

// Summary counts what one run did: items judged, teams and other sets judged,
// findings of both.
type Summary struct {
	Judged, Sets, Opened, Closed int
}

func (s *Summary) addSets(judged []backlog.Judged) {
	items := s.Judged
	s.add(judged)
	s.Judged, s.Sets = items, s.Sets+len(judged)
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
// every item that was marked; then, if it is time, what they make up: teams,
// trains, increments and connections.
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
	if err := e.marked(ctx, judge, scope.Connections, &sum); err != nil {
		return sum, err
	}
	return sum, e.sets(ctx, judge, scope, &sum)
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
