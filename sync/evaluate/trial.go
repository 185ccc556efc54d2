package evaluate

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// Trial judges stored items as a run would, by one or several libraries, and
// keeps nothing of it: no judgement, finding or mark, and no walk moves. It
// takes over from the last run how far the data can be trusted and which items
// wait for each other.
type Trial struct {
	store       Store
	connections []string
	evaluators  []*Evaluator // one for each library
	judges      []*judge     // theirs
	reads       map[backlog.Level]backlog.Reads
}

// Tried is what is said of one subject.
type Tried struct {
	Subject  backlog.Subject
	Title    string
	Item     *backlog.Stored           // nil for a team, train, increment or connection
	Outcomes [][]backlog.PolicyOutcome // by library, in the order in which they were given

	judge  *judge
	family *backlog.Family
}

// Input is what the policies of the first library saw of an item.
func (t *Tried) Input() engine.Input { return t.judge.input(t.family, t.judge.place(&t.family.Stored)) }

// Try prepares a trial. The Evaluator's own library is not asked.
func (e *Evaluator) Try(ctx context.Context, libraries ...Library) (*Trial, error) {
	sites, err := e.Store.Sites(ctx)
	if err != nil {
		return nil, fmt.Errorf("load sites: %w", err)
	}
	trust, err := e.trusted(ctx)
	if err != nil {
		return nil, err
	}
	used, err := e.usage(ctx, sites)
	if err != nil {
		return nil, err
	}
	t := &Trial{store: e.Store, connections: slices.Sorted(maps.Keys(sites)), reads: map[backlog.Level]backlog.Reads{}}
	for _, library := range libraries {
		alike := *e
		alike.Library = library
		j, err := alike.judge(trust, used)
		if err != nil {
			return nil, err
		}
		for level, reads := range j.reads {
			t.reads[level] = t.reads[level].With(reads)
		}
		t.evaluators, t.judges = append(t.evaluators, &alike), append(t.judges, j)
	}
	for _, j := range t.judges { // one input for all
		maps.Copy(j.reads, t.reads)
	}
	return t, nil
}

// Whole makes the trial's inputs complete, also with what no policy reads.
func (t *Trial) Whole() {
	for _, level := range backlog.Levels() {
		t.reads[level] = backlog.AllReads()
		for _, j := range t.judges {
			j.reads[level] = backlog.AllReads()
		}
	}
}

// trusted is how far the data could be trusted in the last run.
func (e *Evaluator) trusted(ctx context.Context) (trust, error) {
	var last trust
	if _, err := remembered(ctx, e.Store, trustKey, &last); err != nil {
		return trust{}, fmt.Errorf("load trust: %w", err)
	}
	return last, nil
}

// usage counts which fields are used.
func (e *Evaluator) usage(ctx context.Context, sites map[string]backlog.Site) (usage, error) {
	recent, err := e.Store.Usage(ctx, e.Clock().Add(-usedWindow))
	if err != nil {
		return nil, fmt.Errorf("count field usage: %w", err)
	}
	ever, err := e.Store.Usage(ctx, time.Time{})
	if err != nil {
		return nil, fmt.Errorf("count field usage: %w", err)
	}
	return newUsage(sites, recent, ever), nil
}

// Item judges one item, loaded with all its neighbours.
func (t *Trial) Item(ctx context.Context, f *backlog.Family) (Tried, error) {
	tried := Tried{Subject: backlog.Subject{Kind: backlog.ItemSubject, ID: f.ID.String()}, Title: f.Title, Item: &f.Stored, judge: t.judges[0], family: f}
	at := t.judges[0].place(&f.Stored)
	for _, j := range t.judges {
		in := j.input(f, at)
		outcomes, err := j.say(ctx, f, at, &in)
		if err != nil {
			return Tried{}, fmt.Errorf("judge %s: %w", f.Key, err)
		}
		tried.Outcomes = append(tried.Outcomes, outcomes)
	}
	return tried, nil
}

// Each judges everything that runs judge: teams, trains, increments and
// connections, and then every stored item, in the order of their connections
// and of being stored. A batch of items is in memory at a time. An error of
// hand ends it.
func (t *Trial) Each(ctx context.Context, hand func(*Tried) error) error {
	if err := t.sets(ctx, hand); err != nil {
		return err
	}
	return t.families(ctx, func(families []backlog.Family) error { return t.batch(ctx, families, hand) })
}

// Inputs hands on what the policies of the first library would see, and judges
// nothing.
func (t *Trial) Inputs(ctx context.Context, hand func(engine.Input) error) error {
	if err := t.setInputs(ctx, hand); err != nil {
		return err
	}
	j := t.judges[0]
	return t.families(ctx, func(families []backlog.Family) error {
		for i := range families {
			if err := hand(j.input(&families[i], j.place(&families[i].Stored))); err != nil {
				return err
			}
		}
		return nil
	})
}

// families loads all items, some at a time.
func (t *Trial) families(ctx context.Context, hand func([]backlog.Family) error) error {
	for _, connection := range t.connections {
		walk := backlog.Walk{Connection: connection}
		for {
			b, err := t.store.Ahead(ctx, walk, batch, t.reads)
			if err != nil {
				return fmt.Errorf("load items: %w", err)
			}
			if b.Walk.Reached == walk.Reached {
				break
			}
			walk = b.Walk
			if err := hand(b.Families); err != nil {
				return err
			}
		}
	}
	return nil
}

// batch judges some items on every core.
func (t *Trial) batch(ctx context.Context, families []backlog.Family, hand func(*Tried) error) error {
	all := make([]Tried, len(families))
	group, ctx := errgroup.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		group.Go(func() (err error) {
			for i := w; i < len(all) && err == nil; i += workers {
				all[i], err = t.Item(ctx, &families[i])
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i := range all {
		if err := hand(&all[i]); err != nil {
			return err
		}
	}
	return nil
}
