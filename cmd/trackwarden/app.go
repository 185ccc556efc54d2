package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/failpoint"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/evaluate"
	"github.com/trackwarden/trackwarden/sync/plan"
	"github.com/trackwarden/trackwarden/sync/pull"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// app is everything that the commands which look at trackers work with.
type app struct {
	cfg        *config.Config
	db         *store.DB
	library    *engine.Library
	rules      *rulebook // where it comes from
	reconciler *reconcile.Reconciler
	clock      func() time.Time
	log        *slog.Logger
	words      *plan.Words               // of comments
	moods      map[string]mood           // of the connections, by name
	hinters    map[string]backlog.Hinter // the connections whose webhooks are wanted
	writers    map[string]backlog.Writer // of all connections, for what a person asks for though they only observe
}

// open loads the configuration and opens everything it names.
func (s *session) open(ctx context.Context) (*app, error) {
	cfg, err := s.load()
	if err != nil {
		return nil, err
	}
	return openApp(ctx, cfg, failpoint.Clock(), s.logger())
}

func openApp(ctx context.Context, cfg *config.Config, clock func() time.Time, log *slog.Logger) (*app, error) {
	rules, err := openRulebook(cfg, clock, log)
	if err != nil {
		return nil, err
	}
	library, err := rules.load(ctx)
	if err != nil {
		return nil, err
	}
	if library, err = held(ctx, cfg, library); err != nil {
		return nil, err
	}
	words, err := loadWords(cfg)
	if err != nil {
		return nil, err
	}
	db, err := openStore(ctx, cfg, clock, log)
	if err != nil {
		return nil, err
	}
	a := &app{cfg: cfg, db: db, library: library, rules: rules, clock: clock, log: log, words: words, moods: map[string]mood{}, hinters: map[string]backlog.Hinter{}, writers: map[string]backlog.Writer{}}
	if a.reconciler, err = a.wire(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

func (a *app) close() {
	if err := a.db.Close(); err != nil {
		a.log.Error("close store", "error", err)
	}
}

// wire builds the reconciler over every connection of the configuration.
func (a *app) wire() (*reconcile.Reconciler, error) {
	r := &reconcile.Reconciler{
		Store: a.db, Clock: a.clock, NewID: rand.Text, Holder: rand.Text(), Log: a.log,
		Puller:    &pull.Puller{Store: a.db, Clock: a.clock, Log: a.log, Settings: a.reading()},
		Evaluator: &evaluate.Evaluator{Store: a.db, Library: a.library, Settings: a.judging(), Clock: a.clock, Log: a.log},
	}
	for _, c := range a.cfg.Connections {
		t, client, err := connectors[c.Kind](c, a.cfg, a.db.Pace(c.Name, time.Now), a.log)
		if err != nil {
			return nil, usage(fmt.Errorf("connection %s: %w", c.Name, err))
		}
		connection := reconcile.Connection{
			Name: c.Name, Reader: t, Narrow: c.Scope.Query != "", Plan: a.planning(c),
			Quarantine: time.Duration(c.Write.Quarantine), PerPass: c.Write.Budget.PerPass, Ramp: bool(*c.Write.Ramp),
			Brake: plan.Brake{
				Changes: float64(c.Write.Brake.Changes), AtLeast: c.Write.Brake.AtLeast,
				Removals: float64(c.Write.Brake.Removals), RemovalsAtLeast: c.Write.Brake.RemovalsAtLeast,
			},
		}
		if h, ok := t.(backlog.Hinter); ok && c.Webhook != nil {
			a.hinters[c.Name] = h
		}
		if h, ok := t.(backlog.Historian); ok {
			connection.Historian = h
		}
		if l, ok := t.(backlog.Linker); ok && len(a.cfg.Connections) > 1 {
			connection.Linker = l // there is another tracker to point to
		}
		a.moods[c.Name] = client.Mood
		a.writers[c.Name] = t
		if c.Write.Mode == config.Enforce {
			connection.Writer = t
		}
		r.Connections = append(r.Connections, connection)
	}
	return r, nil
}

// judging turns the configuration into what evaluating is told.
func (a *app) judging() evaluate.Settings {
	s := evaluate.Settings{
		Organisation: a.cfg.Organisation(), Zone: a.cfg.Schedule.Zone(), Version: digest(a.cfg),
		Planning: a.cfg.Plan(), SetsEvery: time.Duration(a.cfg.Schedule.Sets),
		Rule: func(p engine.Policy, connection, train, team string) evaluate.Rule {
			set := a.cfg.PolicySetting(p.ID, p.Bundles, connection, train, team)
			rule := evaluate.Rule{Enabled: set.Enabled, Severity: p.Severity, Params: map[string]any{}}
			for name, param := range p.Params {
				rule.Params[name] = param.Default
			}
			for name, value := range set.Params {
				rule.Params[name] = value
			}
			if set.Severity != "" {
				rule.Severity = backlog.Severity(set.Severity)
			}
			return rule
		},
	}
	s.Silence = a.silence()
	for _, x := range a.cfg.Policies.Exemptions {
		s.Exemptions = append(s.Exemptions, evaluate.Exemption{
			Policy: x.Policy, Connection: x.Connection, Item: x.Item, Train: x.Train, Team: x.Team,
			Owner: x.Owner, Reason: x.Reason, Until: x.Until,
		})
	}
	return s
}

// silence are the labels by which people tell us to leave an item alone.
func (a *app) silence() backlog.Silence {
	return backlog.Silence{Ignore: a.cfg.Labels.Ignore, Snooze: a.cfg.Labels.Snooze}
}

// planning turns a connection's configuration into what planning is told.
func (a *app) planning(c config.Connection) plan.Settings {
	s := plan.Settings{
		Connection: c.Name, Owner: a.cfg.Owner, All: c.Write.Horizon == config.Everything,
		AfterCreation: time.Duration(c.Write.Settle.AfterCreation), AfterEdit: time.Duration(c.Write.Settle.AfterEdit),
		Comment: plan.CommentRule{
			Always: c.Write.Comment.Always, Never: c.Write.Comment.Never, Errors: c.Write.Comment.Errors,
			Warnings: c.Write.Comment.Warnings, OpenFor: time.Duration(c.Write.Comment.OpenFor),
		},
		Words:    a.words,
		Umbrella: a.cfg.Labels.Umbrella, Prefix: a.cfg.Labels.Prefix,
		Silence: a.silence(), Freeze: a.cfg.Labels.Ignored == config.Leave,
		Policies: map[string]plan.Policy{}, Organisation: a.cfg.Organisation(),
		HelpURL: a.cfg.HelpURL, Zone: a.cfg.Schedule.Zone(),
		Budget: plan.Budget{
			PerProjectDay: c.Write.Budget.PerProjectDay, PerHour: c.Write.Budget.PerHour, PerPersonDay: c.Write.Budget.PerPersonDay,
		},
	}
	for _, p := range a.library.Policies() {
		s.Policies[p.ID] = plan.Policy{
			ID: p.ID, Title: p.Title, Remedy: p.Remedy, Label: p.Label, Severity: p.Severity,
			Writes: a.cfg.Policies.Writing.Allows(p.ID, p.Writes),
		}
	}
	return s
}

// digest changes with every setting, so that new settings judge everything
// again.
func digest(cfg *config.Config) string {
	text, err := cfg.Show()
	if err != nil { // cannot be compared: judge again
		return rand.Text()
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
