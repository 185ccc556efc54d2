package reconcile_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/evaluate"
	"github.com/trackwarden/trackwarden/sync/plan"
	"github.com/trackwarden/trackwarden/sync/pull"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// house is everything a pass needs, on a real database, real policies and the
// reference tracker, with a clock that stands until it is moved.
type house struct {
	t       *testing.T
	now     time.Time
	tracker *memory.Tracker
	people  memory.Human
	db      *store.DB
	r       *reconcile.Reconciler
	path    string
}

func number(n float64) *float64 { return &n }

func site() backlog.Site {
	layout := backlog.FieldSet(0)
	for _, f := range backlog.Fields() {
		layout = layout.With(f)
	}
	site := backlog.Site{
		ID: "memory:1", Kind: "memory", Name: "memory", Account: backlog.Person{ID: "bot"},
		Projects: []backlog.Project{{ID: "1", Key: "SHOP", Name: "Shop"}},
		Rights:   []backlog.Rights{{Project: "1", Edit: true, Comment: true}},
	}
	for name, level := range map[string]backlog.Level{"Epic": backlog.Feature, "Story": backlog.Story} {
		site.Types = append(site.Types, backlog.ItemType{Project: "1", Name: name, Level: level, Layout: layout, Used: layout})
	}
	return site
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), path: filepath.Join(t.TempDir(), "test.db")}
	h.tracker = memory.New(site(), h.clock, 2, h.items()...)
	h.people = h.tracker.Human()
	h.open()
	return h
}

func (h *house) clock() time.Time { return h.now }

// items are one feature, a good story, and one without acceptance criteria.
func (h *house) items() []backlog.Item {
	item := func(id, key, kind string, level backlog.Level) backlog.Item {
		return backlog.Item{
			ID: backlog.ItemID{ID: id}, Key: key, Type: kind, Level: level, Title: key, Project: site().Projects[0],
			URL: "https://tracker.example/" + key, State: backlog.State{Category: backlog.ToDo, Native: "To Do"},
			Created: h.now.AddDate(0, 0, -30), Changed: h.now.AddDate(0, 0, -5), Points: number(3),
			Text: backlog.Text{Criteria: []string{"It works"}, Hypothesis: "More orders", Measure: "orders"}, Labels: []string{"mobile"},
		}
	}
	parent := &backlog.Ref{ID: backlog.ItemID{Site: "memory:1", ID: "1"}}
	feature, good, bad := item("1", "SHOP-1", "Epic", backlog.Feature), item("2", "SHOP-2", "Story", backlog.Story), item("3", "SHOP-3", "Story", backlog.Story)
	good.Parent, bad.Parent = parent, parent
	bad.Text.Criteria = nil
	return []backlog.Item{feature, good, bad}
}

// builtIn are the built-in policies, compiled once.
var builtIn = sync.OnceValues(func() (*engine.Library, error) { return engine.Load(context.Background(), policies.FS()) })

// recommended are the policies of items that hold where nobody chose others.
func recommended(t testing.TB) *engine.Library {
	t.Helper()
	library, err := builtIn()
	if err == nil {
		library, err = library.Only(t.Context(), func(p engine.Policy) bool {
			return p.Subject == backlog.ItemSubject && slices.Contains(p.Bundles, "recommended")
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// open opens the database and everything over it, as a new process does.
func (h *house) open() {
	h.t.Helper()
	if h.db != nil {
		h.db.Close()
	}
	log := slog.New(slog.DiscardHandler)
	db, err := store.Open(h.t.Context(), store.Settings{Path: h.path}, h.clock, log)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { db.Close() })
	library := recommended(h.t)
	settings := plan.Settings{
		Connection: "shop", Owner: "trackwarden", All: true, Comment: plan.CommentRule{Always: true},
		Umbrella: "hygiene", Prefix: "hygiene:", HelpURL: "https://help.example", Zone: time.UTC, Policies: map[string]plan.Policy{},
	}
	for _, p := range library.Policies() {
		settings.Policies[p.ID] = plan.Policy{ID: p.ID, Title: p.Title, Remedy: p.Remedy, Label: p.Label, Severity: p.Severity, Writes: true}
	}
	rule := func(p engine.Policy, _, _, _ string) evaluate.Rule {
		params := map[string]any{}
		for name, param := range p.Params {
			params[name] = param.Default
		}
		return evaluate.Rule{Enabled: true, Severity: p.Severity, Params: params}
	}
	intents := 0
	h.db = db
	h.r = &reconcile.Reconciler{
		Store: db, Clock: h.clock, Log: log,
		NewID:     func() string { intents++; return fmt.Sprintf("intent-%d-%d", h.now.UnixNano(), intents) },
		Puller:    &pull.Puller{Store: db, Clock: h.clock, Log: log},
		Evaluator: &evaluate.Evaluator{Store: db, Library: library, Settings: evaluate.Settings{Rule: rule, Zone: time.UTC}, Clock: h.clock, Log: log},
		Connections: []reconcile.Connection{
			{Name: "shop", Reader: h.tracker, Writer: h.tracker, Plan: settings, Quarantine: 2 * time.Minute},
		},
	}
}

// pass does one pass that must end well, and returns its only outcome.
func (h *house) pass() reconcile.Outcome {
	h.t.Helper()
	result, err := h.r.Pass(h.t.Context(), reconcile.Apply, false)
	if err != nil {
		h.t.Fatal(err)
	}
	if o := result.Connections[0]; o.Err != nil {
		h.t.Fatal(o.Err)
	}
	return result.Connections[0]
}

func (h *house) labels(id string, want ...string) {
	h.t.Helper()
	got := h.people.Labels(id)
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		h.t.Errorf("labels of %s (-want +got):\n%s", id, diff)
	}
}

func (h *house) comments(id string, want int) {
	h.t.Helper()
	if got := h.people.Comments(id); got != want {
		h.t.Errorf("%s has %d comments, want %d", id, got, want)
	}
}

func TestAPassWritesWhatIsMissingAndTheNextOneNothing(t *testing.T) {
	h := newHouse(t)
	if o := h.pass(); o.Writes.Applied == 0 || !o.Complete() {
		t.Fatalf("writes %+v, coverage %+v", o.Writes, o.Pull.Coverage)
	}
	h.labels("1", "mobile")
	h.labels("2", "mobile")
	h.labels("3", "mobile", "hygiene", "hygiene:no-acceptance-criteria")
	h.comments("3", 1)
	for _, later := range []time.Duration{time.Minute, time.Hour, 24 * time.Hour, 72 * time.Hour} {
		h.now = h.now.Add(later)
		if o := h.pass(); o.Writes.Requests != 0 {
			t.Errorf("after %s: %d writes", later, o.Writes.Requests)
		}
	}
	h.open()
	if o := h.pass(); o.Writes.Requests != 0 {
		t.Errorf("after a restart: %d writes", o.Writes.Requests)
	}
}

func TestACureLiftsLabelsAndEditsTheOneComment(t *testing.T) {
	h := newHouse(t)
	h.pass()
	h.now = h.now.Add(time.Hour)
	h.people.Change("3", func(item *backlog.Item) { item.Text.Criteria = []string{"The address is kept"} })
	h.pass()
	h.labels("3", "mobile")
	h.comments("3", 1)
	own, err := h.tracker.Comments(t.Context(), backlog.ItemID{Site: "memory:1", ID: "3"})
	if err != nil || len(own) != 1 || !strings.Contains(own[0].Text, "all clear since 24 Nov 2026") {
		t.Errorf("comment %+v, error %v", own, err)
	}
	h.now = h.now.Add(time.Hour)
	h.people.Change("3", func(item *backlog.Item) { item.Text.Criteria = nil })
	h.pass()
	h.labels("3", "mobile", "hygiene", "hygiene:no-acceptance-criteria")
	h.comments("3", 1)
}

func TestALostAnswerLeadsToOneComment(t *testing.T) {
	for _, applied := range []bool{true, false} {
		t.Run(fmt.Sprintf("applied %v", applied), func(t *testing.T) {
			h := newHouse(t)
			h.people.LoseNextAnswer(applied)
			if o := h.pass(); o.Writes.Unknown != 1 {
				t.Fatalf("writes %+v", o.Writes)
			}
			h.now = h.now.Add(time.Minute)
			if o := h.pass(); o.Writes.Requests != 0 {
				t.Errorf("%d writes during the quarantine", o.Writes.Requests)
			}
			h.open() // a crash in between changes nothing
			for range 3 {
				h.now = h.now.Add(5 * time.Minute)
				h.pass()
			}
			h.labels("3", "mobile", "hygiene", "hygiene:no-acceptance-criteria")
			h.comments("3", 1)
			if o := h.pass(); o.Writes.Requests != 0 {
				t.Errorf("%d writes at rest", o.Writes.Requests)
			}
		})
	}
}

func TestAnItemEditedSinceItWasJudgedIsLeftForTheNextPass(t *testing.T) {
	h := newHouse(t)
	if _, err := h.r.Pass(t.Context(), reconcile.Check, false); err != nil {
		t.Fatal(err)
	}
	// The person edits while the pass is between judging and writing.
	h.r.Connections[0].Reader = &editing{Tracker: h.tracker, edit: func() {
		h.people.Change("3", func(item *backlog.Item) { item.Text.Criteria = []string{"just in time"} })
	}}
	o := h.pass()
	if o.Writes.Requests != 0 || len(o.Writes.Held) != 1 {
		t.Errorf("writes %+v", o.Writes)
	}
	h.r.Connections[0].Reader = h.tracker
	if o := h.pass(); o.Writes.Requests != 0 {
		t.Errorf("the person was faster, got %d writes", o.Writes.Requests)
	}
	h.labels("3", "mobile")
}

// editing edits an item just before it is read by identity.
type editing struct {
	*memory.Tracker
	edit func()
}

func (e *editing) Fetch(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	if e.edit != nil {
		e.edit()
		e.edit = nil
	}
	return e.Tracker.Fetch(ctx, ids...)
}

func TestOurOwnWritingDoesNotMakeAStaleItemFresh(t *testing.T) {
	h := newHouse(t)
	h.now = h.now.AddDate(0, 0, 200)
	h.pass()
	h.labels("2", "mobile", "hygiene", "hygiene:stale")
	for range 3 {
		h.now = h.now.AddDate(0, 0, 1)
		if o := h.pass(); o.Writes.Requests != 0 {
			t.Errorf("%s: %d writes", h.now.Format(time.DateOnly), o.Writes.Requests)
		}
	}
	h.people.HumanEdit("2", "Somebody cares")
	h.now = h.now.Add(time.Hour)
	h.pass()
	h.labels("2", "mobile")
}

// punctual notes how long a request may take.
type punctual struct {
	*memory.Tracker
	left []time.Duration
}

func (h *punctual) Send(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	deadline, _ := ctx.Deadline()
	h.left = append(h.left, time.Until(deadline))
	return h.Tracker.Send(ctx, s)
}

func TestARequestEndsBeforeItsQuarantine(t *testing.T) {
	h := newHouse(t)
	writer := &punctual{Tracker: h.tracker}
	h.r.Connections[0].Writer = writer
	h.pass()
	if len(writer.left) == 0 || writer.left[0] <= 0 || writer.left[0] >= h.r.Connections[0].Quarantine {
		t.Errorf("requests may take %v, the quarantine is %s", writer.left, h.r.Connections[0].Quarantine)
	}
}

func TestObserveNeverWrites(t *testing.T) {
	h := newHouse(t)
	h.r.Connections[0].Writer = nil
	o := h.pass()
	if len(o.Plan.Changes) == 0 || h.people.Writes() != 0 {
		t.Errorf("%d planned, %d written", len(o.Plan.Changes), h.people.Writes())
	}
}

// broken fails in one of the ways a tracker can.
type broken struct {
	*memory.Tracker
	describe, read error
	census         bool
}

func (b *broken) Describe(ctx context.Context) (backlog.Site, error) {
	if b.describe != nil {
		return backlog.Site{}, b.describe
	}
	return b.Tracker.Describe(ctx)
}

func (b *broken) Read(ctx context.Context, s backlog.Sweep) iter.Seq2[backlog.Page, error] {
	if b.read == nil {
		return b.Tracker.Read(ctx, s)
	}
	return func(yield func(backlog.Page, error) bool) { yield(backlog.Page{}, b.read) }
}

func (b *broken) Census(ctx context.Context, p backlog.ProjectID) iter.Seq2[backlog.CensusPage, error] {
	if !b.census {
		return b.Tracker.Census(ctx, p)
	}
	return func(yield func(backlog.CensusPage, error) bool) {
		yield(backlog.CensusPage{IDs: []backlog.ItemID{{Site: "memory:1", ID: "1"}}}, nil)
	}
}

func TestAFailingTrackerFreezesWhatIsKnownAndWritesNothing(t *testing.T) {
	down := errors.New("down")
	for name, b := range map[string]*broken{
		"refused":       {describe: backlog.ErrUnauthorized},
		"cut off":       {read: down},
		"census broken": {census: true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.pass()
			before := h.people.Writes()
			h.now = h.now.AddDate(0, 0, 2) // the census is due again
			h.people.Change("3", func(item *backlog.Item) { item.Text.Criteria = []string{"cured"} })
			b.Tracker = h.tracker
			h.r.Connections[0].Reader = b
			result, err := h.r.Pass(t.Context(), reconcile.Apply, false)
			if err != nil {
				t.Fatal(err)
			}
			if o := result.Connections[0]; o.Complete() || h.people.Writes() != before {
				t.Errorf("complete %v, %d writes", o.Complete(), h.people.Writes()-before)
			}
			h.labels("3", "mobile", "hygiene", "hygiene:no-acceptance-criteria")
			h.r.Connections[0].Reader = h.tracker
			h.pass()
			h.labels("3", "mobile")
		})
	}
}
