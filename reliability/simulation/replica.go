package simulation

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/evaluate"
	"github.com/trackwarden/trackwarden/sync/plan"
	"github.com/trackwarden/trackwarden/sync/pull"
	"github.com/trackwarden/trackwarden/sync/reconcile"

	"github.com/trackwarden/trackwarden/policies/engine"
)

const (
	connection = "sim"
	owner      = "trackwarden"
	umbrella   = "hygiene"
	prefix     = "hygiene:"
	quarantine = 2 * time.Minute
)

// replica is one process: what it has in memory is gone when it dies.
type replica struct {
	*world
	name  string
	lives int
	path  string // of the database, which replicas share
	dead  bool
	began time.Time // its pass

	db   *ledger
	r    *reconcile.Reconciler
	stop context.CancelFunc
	ctx  context.Context //nolint:containedctx // it is the life of a process
}

// holder is the process in leases: one that starts again is another.
func (p *replica) holder() string { return fmt.Sprintf("%s%d", p.name, p.lives) }

// die is kill -9: from now on nothing of the process has any effect.
func (p *replica) die() {
	if p.dead {
		return
	}
	p.tell("%s is dead", p.holder())
	p.dead = true
	p.stop()
	_ = p.db.DB.Close() // what was committed stays; nothing else is looked at
}

// boot starts the process on the database that is there.
func (p *replica) boot(ctx context.Context) error {
	clock, log := func() time.Time { return p.now }, slog.New(slog.DiscardHandler)
	db, err := store.Open(ctx, store.Settings{Path: p.path}, clock, log)
	if err != nil {
		return fmt.Errorf("boot %s: %w", p.name, err)
	}
	p.lives++
	p.dead = false
	p.ctx, p.stop = context.WithCancel(ctx)
	p.db = &ledger{DB: db, world: p.world, home: p}
	c := &client{world: p.world, home: p, read: map[string]int{}, comments: map[string]int{}}
	settings := p.report.settings
	p.r = &reconcile.Reconciler{
		Store: p.db, Clock: clock, Log: log, Holder: p.holder(), NewID: p.newID,
		Puller:    &pull.Puller{Store: p.db, Clock: clock, Log: log, Settings: map[string]pull.Settings{connection: {Projects: []string{"SIM"}}}},
		Evaluator: &evaluate.Evaluator{Store: p.db, Library: p.report.library, Settings: evaluate.Settings{Rule: rule, Zone: time.UTC, Silence: silence}, Clock: clock, Log: log},
		Connections: []reconcile.Connection{{
			Name: connection, Reader: c, Writer: c, Plan: settings, Quarantine: quarantine, PerPass: p.report.perPass,
		}},
	}
	return nil
}

var silence = backlog.Silence{Ignore: "trackwarden-ignore"}

func rule(p engine.Policy, _, _, _ string) evaluate.Rule {
	return evaluate.Rule{Enabled: true, Severity: p.Severity, Params: map[string]any{}}
}

func (w *world) newID() string {
	w.report.intents++
	return fmt.Sprintf("intent-%d", w.report.intents)
}

// pass does one pass, in a new process if the last one died. Its error is about
// the simulation.
func (p *replica) pass(ctx context.Context) (reconcile.Outcome, error) {
	if p.dead {
		if err := p.boot(ctx); err != nil {
			return reconcile.Outcome{}, err
		}
	}
	p.began = p.now
	p.report.Passes++
	p.tell("%s begins a pass", p.holder())
	result, err := p.r.Pass(p.ctx, reconcile.Apply, false)
	var o reconcile.Outcome
	if len(result.Connections) > 0 {
		o = result.Connections[0]
	}
	if p.dead { // of what died first is up to the machine
		return reconcile.Outcome{}, nil
	}
	p.tell("%s ends it: %d requests, stopped %q, %v, %v", p.holder(), o.Writes.Requests, o.Stopped, o.Err, err)
	for _, h := range o.Plan.Held {
		p.tell("held %s: %s", h.Key, h.Reason)
	}
	for _, h := range o.Writes.Held {
		p.tell("held %s: %s", h.Key, h.Reason)
	}
	if p.calm && (err != nil || o.Err != nil) {
		p.wrong("a pass without a fault fails: %v, %v", err, o.Err)
	}
	return o, nil
}

// copied is a copy of the books, and what of the world they know.
type copied struct {
	data   []byte
	writes int
	labels map[string]map[string]bool // ours, by item
	at     time.Time
}

// copyBooks and rewind stop all processes.
func (w *world) copyBooks() (err error) {
	w.stopAll()
	c := &copied{writes: len(w.writes), labels: map[string]map[string]bool{}, at: w.now}
	w.each(func(r *record) {
		c.labels[r.item.ID.ID] = map[string]bool{}
		for _, t := range r.labels {
			c.labels[r.item.ID.ID][t.name] = t.by != person
		}
		for name := range r.gone { // the books have them still
			c.labels[r.item.ID.ID][name] = true
		}
	})
	w.copied = c
	c.data, err = os.ReadFile(w.replicas[0].path)
	w.tell("the books are copied")
	return err
}

// rewind puts the copy in place of the books.
func (w *world) rewind() error {
	w.stopAll()
	w.tell("the books are set back to %s", w.copied.at.Format(time.DateTime))
	w.count("rewound")
	w.rewound++
	w.setBack = w.now
	w.paused = 0
	for i := w.copied.writes; i < len(w.writes); i++ {
		w.writes[i].void = true
	}
	w.each(func(r *record) {
		for i, t := range r.labels {
			known := w.copied.labels[r.item.ID.ID][t.name]
			switch {
			case t.by == ours && t.since.After(w.copied.at):
				r.labels[i].by = orphan
			case t.by == person && known:
				r.labels[i].by = shared
			}
		}
		for i, x := range r.comments {
			r.comments[i].forgotten = x.forgotten || x.mine && x.changed.After(w.copied.at)
		}
		for name, known := range w.copied.labels[r.item.ID.ID] {
			if known && r.tag(name) < 0 {
				r.undone[name] = !r.gone[name]
				r.gone[name] = true
			}
		}
	})
	path := w.replicas[0].path
	for _, beside := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + beside); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return os.WriteFile(path, w.copied.data, 0o600)
}

// stopAll kills all processes and folds the log of the database into its file.
func (w *world) stopAll() {
	for _, p := range w.replicas {
		if p.db != nil {
			p.die()
		}
	}
}

// planned is how the connection is written on in this run.
func planned(library *engine.Library, d *dice) plan.Settings {
	s := plan.Settings{
		Connection: connection, Owner: owner, All: true, Comment: plan.CommentRule{Always: true},
		Umbrella: umbrella, Prefix: prefix, HelpURL: "https://help.example", Zone: time.UTC, Policies: map[string]plan.Policy{}, Silence: silence,
	}
	for _, p := range library.Policies() {
		s.Policies[p.ID] = plan.Policy{ID: p.ID, Title: p.Title, Remedy: p.Remedy, Label: p.Label, Severity: p.Severity, Writes: true}
	}
	if d.chance(0.3) {
		s.AfterEdit = time.Duration(d.between(5, 60)) * time.Minute
	}
	if d.chance(0.3) {
		s.Budget = plan.Budget{PerProjectDay: d.between(3, 8), PerHour: d.between(2, 4), PerPersonDay: d.between(1, 3)}
	}
	return s
}
