package simulation

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// Report is what came of one run.
type Report struct {
	Seed       uint64
	Passes     int
	Edits      int // of people and the second bot
	Requests   int // that write
	Writes     int // those that were applied
	Duplicates int // comments of ours that are there once too often at rest
	Foreign    int // changes of what is not ours
	Redundant  int // writes that changed nothing
	Faults     map[string]int
	Limits     map[string]int // known ones that were met: docs/reliability.md
	Problems   []string       // broken promises; empty is good
	Trace      []string       // everything that happened, in order

	library  *engine.Library
	settings plan.Settings
	perPass  int
	intents  int
	quiet    bool
}

func (r *Report) trace(line string) {
	if !r.quiet {
		r.Trace = append(r.Trace, line)
	}
}

// Stage is what all runs share: the compiled policies and an empty database.
type Stage struct {
	library *engine.Library
	empty   []byte
	folder  string
	Quiet   bool // keep no traces
}

//go:embed policies
var files embed.FS

// NewStage prepares runs; their databases are kept in a folder.
func NewStage(ctx context.Context, folder string) (*Stage, error) {
	rules, err := fs.Sub(files, "policies")
	if err != nil {
		return nil, err
	}
	s := &Stage{folder: folder}
	if s.library, err = engine.Load(ctx, rules); err != nil {
		return nil, fmt.Errorf("load policies: %w", err)
	}
	path := filepath.Join(folder, "empty.db")
	db, err := store.Open(ctx, store.Settings{Path: path}, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	s.empty, err = os.ReadFile(path)
	return s, err
}

// Run does the run of a seed. Its error is about the simulation itself; what
// the product does wrong is in the report.
func (s *Stage) Run(ctx context.Context, seed uint64) (*Report, error) {
	r := &Report{Seed: seed, Faults: map[string]int{}, Limits: map[string]int{}, library: s.library, quiet: s.Quiet}
	d := newDice(seed)
	r.settings = planned(s.library, d)
	if d.chance(0.2) {
		r.perPass = d.between(1, 3)
	}
	start := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) // a Monday
	w := &world{dice: *d, manner: pick(d, jira, azure), now: start, start: start, records: map[string]*record{}, report: r, already: map[string]bool{}}
	path := filepath.Join(s.folder, fmt.Sprintf("%d.db", seed))
	defer clean(path)
	if err := os.WriteFile(path, s.empty, 0o600); err != nil {
		return r, err
	}
	for i := range w.between(1, 2) {
		p := &replica{world: w, name: string(rune('A' + i)), path: path, dead: true}
		w.replicas = append(w.replicas, p)
	}
	for range w.between(2, 6) {
		w.add(pick(d, "fine", "gap 0"), pick(d, "fine", "gap 0"), "fine")
	}
	w.tell("%s, %d processes, %d items", w.manner, len(w.replicas), len(w.order))
	defer w.stopAll()
	return r, errors.Join(w.storm(ctx), w.settle(ctx))
}

func clean(path string) {
	for _, beside := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(path + beside) // of a run that is over
	}
}

// storm lets passes run while everything goes wrong.
func (w *world) storm(ctx context.Context) error {
	for range w.between(6, 16) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := pick(&w.dice, w.replicas...).pass(ctx); err != nil {
			return err
		}
		w.advance(time.Duration(pick(&w.dice, 1, 1, 3, 5, 10, 30, 120, 1440)) * time.Minute)
		for range w.IntN(3) {
			w.edit()
		}
		if err := w.operate(ctx); err != nil {
			return err
		}
	}
	return nil
}

// operate is what the people do who run the product.
func (w *world) operate(ctx context.Context) error {
	if w.paused > 0 && w.chance(0.5) {
		if err := w.resume(ctx); err != nil {
			return err
		}
	}
	if w.copied != nil && w.strikes("restore") {
		return w.rewind()
	}
	if w.rates["restore"] > 0 && w.chance(0.2) {
		return w.copyBooks()
	}
	return nil
}

func (w *world) resume(ctx context.Context) error {
	p := w.replicas[0]
	if p.dead {
		if err := p.boot(ctx); err != nil {
			return err
		}
	}
	w.paused = 0
	w.tell("writing goes on")
	_, err := p.db.SwitchOn(ctx, "")
	return err
}

// settle ends all faults and holds the world against what it asks for: as the
// storm left it, with new evidence everywhere, and cured.
func (w *world) settle(ctx context.Context) error {
	w.calm = true
	w.tell("calm")
	w.each(func(r *record) {
		r.broken = time.Time{}
		if !r.hidden.IsZero() {
			r.hidden = time.Time{}
			w.changed(r, "shows it again")
		}
	})
	if err := w.resume(ctx); err != nil {
		return err
	}
	if err := w.rest(ctx, false); err != nil {
		return err
	}
	w.each(func(r *record) { w.renew(r) })
	if err := w.rest(ctx, true); err != nil {
		return err
	}
	w.each(func(r *record) {
		r.item.Text.Role, r.item.Text.Means, r.item.Text.Ends = "fine", "fine", "fine"
		w.changed(r, "is cured")
	})
	if err := w.rest(ctx, true); err != nil {
		return err
	}
	p := w.replicas[0]
	w.audit(ctx, p)
	w.budgets()
	return nil
}

// renew gives an item evidence that nobody has seen yet, or none.
func (w *world) renew(r *record) {
	for _, text := range []*string{&r.item.Text.Role, &r.item.Text.Means, &r.item.Text.Ends} {
		w.fresh++
		*text = pick(&w.dice, "fine", fmt.Sprintf("gap new %d", w.fresh))
	}
	w.changed(r, fmt.Sprintf("is renewed: %+v", r.item.Text))
}

// So many passes may it take until nothing is written any more.
const patience = 150

// rest does passes until nothing is written any more for longer than anything
// is waited for: a day, and the hours of a working day after a weekend.
func (w *world) rest(ctx context.Context, strict bool) error {
	idle := 0
	for n := 0; idle < 5 || len(w.late) > 0; n++ {
		if n == patience {
			w.wrong("no rest after %d passes", n)
			break
		}
		p := w.replicas[n%len(w.replicas)]
		o, err := p.pass(ctx)
		if err != nil {
			return err
		}
		switch {
		case o.Writes.Requests > 0:
			idle = 0
		default:
			idle++
		}
		w.advance([]time.Duration{5 * time.Minute, time.Hour, 25 * time.Hour, 73 * time.Hour}[idle%4])
	}
	w.atRest(strict)
	return nil
}
