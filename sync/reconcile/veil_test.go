package reconcile_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/sync/pull"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// veil keeps parts of the reference tracker from us, as rights, an index or a
// proxy do.
type veil struct {
	*memory.Tracker
	hidden map[string]bool  // items by id: not found, not listed
	blind  map[string]bool  // projects by id: not visible at all
	cut    map[string]int   // projects by id: so many identities are left out of a census that says it is whole
	fails  map[string]error // projects by id: what their census ends with
	unfit  map[string]bool  // items by id: found, and not listed by a narrower scope
	built  func(*backlog.Site)
}

func (v *veil) sees(item backlog.Item) bool {
	return !v.hidden[item.ID.ID] && !v.blind[item.Project.ID]
}

func (v *veil) Describe(ctx context.Context) (backlog.Site, error) {
	site, err := v.Tracker.Describe(ctx)
	site.Projects = slices.DeleteFunc(slices.Clone(site.Projects), func(p backlog.Project) bool {
		if v.blind[p.ID] {
			site.Missing = append(site.Missing, p.Key)
		}
		return v.blind[p.ID]
	})
	if v.built != nil {
		site.Types = slices.Clone(site.Types)
		v.built(&site)
	}
	return site, err
}

func (v *veil) Read(ctx context.Context, s backlog.Sweep) iter.Seq2[backlog.Page, error] {
	return func(yield func(backlog.Page, error) bool) {
		for page, err := range v.Tracker.Read(ctx, s) {
			page.Items = slices.DeleteFunc(slices.Clone(page.Items), func(i backlog.Item) bool { return !v.sees(i) })
			if !yield(page, err) {
				return
			}
		}
	}
}

func (v *veil) Fetch(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	sightings, err := v.Tracker.Fetch(ctx, ids...)
	for i, s := range sightings {
		if v.hidden[s.ID.ID] || v.hidden[s.Item.ID.ID] || s.Item.Project.ID != "" && v.blind[s.Item.Project.ID] {
			sightings[i] = backlog.Sighting{ID: s.ID, Presence: backlog.Hidden}
		}
	}
	return sightings, err
}

func (v *veil) Census(ctx context.Context, p backlog.ProjectID) iter.Seq2[backlog.CensusPage, error] {
	return func(yield func(backlog.CensusPage, error) bool) {
		if err := v.fails[p.ID]; err != nil {
			yield(backlog.CensusPage{}, err)
			return
		}
		for page, err := range v.Tracker.Census(ctx, p) {
			page.IDs = slices.DeleteFunc(slices.Clone(page.IDs), func(id backlog.ItemID) bool { return v.hidden[id.ID] || v.unfit[id.ID] })
			page.IDs = page.IDs[:max(0, len(page.IDs)-v.cut[p.ID])]
			if !yield(page, err) {
				return
			}
		}
	}
}

// town is a house over two projects, SHOP and PAY, with what was logged.
type town struct {
	*house
	veil *veil
	log  *bytes.Buffer
}

func pay() backlog.Project { return backlog.Project{ID: "2", Key: "PAY", Name: "Payments"} }

func twoProjects() backlog.Site {
	s := site()
	s.Projects = append(s.Projects, pay())
	s.Rights = append(s.Rights, backlog.Rights{Project: "2", Edit: true, Comment: true})
	for _, t := range site().Types {
		t.Project = "2"
		s.Types = append(s.Types, t)
	}
	return s
}

// newTown has SHOP-1 to SHOP-3 of the house, PAY-11 and PAY-12, which both lack
// acceptance criteria, and more.
func newTown(t *testing.T, more ...backlog.Item) *town {
	t.Helper()
	h := newHouse(t)
	items := h.items()
	for _, id := range []string{"11", "12"} {
		items = append(items, h.story(id, pay(), nil))
	}
	w := &town{house: h, log: &bytes.Buffer{}}
	h.tracker = memory.New(twoProjects(), h.clock, 50, append(items, more...)...)
	h.people = h.tracker.Human()
	w.veil = &veil{Tracker: h.tracker, hidden: map[string]bool{}, blind: map[string]bool{}, cut: map[string]int{}, fails: map[string]error{}}
	h.open()
	h.r.Connections[0].Reader, h.r.Connections[0].Writer = w.veil, h.tracker
	h.r.Puller.Log = slog.New(slog.NewTextHandler(w.log, nil))
	w.settings(pull.Settings{Projects: []string{"SHOP", "PAY"}})
	return w
}

// story is a story without acceptance criteria, unless it is changed.
func (h *house) story(id string, p backlog.Project, change func(*backlog.Item)) backlog.Item {
	item := h.items()[2]
	item.ID.ID, item.Project, item.Key = id, p, p.Key+"-"+id
	item.URL, item.Title = "https://tracker.example/"+item.Key, item.Key
	if change != nil {
		change(&item)
	}
	return item
}

func (w *town) settings(s pull.Settings) { w.r.Puller.Settings = map[string]pull.Settings{"shop": s} }

// later does a pass after a while.
func (w *town) later(after time.Duration) reconcile.Outcome {
	w.t.Helper()
	w.now = w.now.Add(after)
	o := w.try()
	if o.Err != nil {
		w.t.Fatal(o.Err)
	}
	return o
}

// planned does a pass that only plans, and so looks at everything.
func (w *town) planned() reconcile.Outcome {
	w.t.Helper()
	result, err := w.r.Pass(w.t.Context(), reconcile.Plan, false)
	if err != nil {
		w.t.Fatal(err)
	}
	return result.Connections[0]
}

// orphan takes the parents off items.
func (w *town) orphan(ids ...string) {
	for _, id := range ids {
		w.people.Change(id, func(i *backlog.Item) { i.Parent = nil })
	}
}

func (w *town) cure(id string) {
	w.people.Change(id, func(i *backlog.Item) { i.Text.Criteria = []string{"cured"} })
}

func (w *town) covered(o reconcile.Outcome, project string) backlog.Coverage {
	w.t.Helper()
	i := slices.IndexFunc(o.Pull.Coverage, func(c backlog.Coverage) bool { return c.Project == project })
	if i < 0 {
		w.t.Fatalf("nothing is said of %s: %+v", project, o.Pull.Coverage)
	}
	return o.Pull.Coverage[i]
}

// findings are the keys of items with an open finding of a policy, as they are
// told.
func (w *town) findings(policy string) (keys []string) {
	w.t.Helper()
	err := w.db.EachOpenFinding(w.t.Context(), func(f backlog.Finding, item *backlog.Stored) error {
		if f.Policy == policy {
			keys = append(keys, item.Key)
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	slices.Sort(keys)
	return keys
}

func (w *town) wantFindings(policy string, want ...string) {
	w.t.Helper()
	if got := w.findings(policy); !slices.Equal(got, want) {
		w.t.Errorf("findings of %s: %v, want %v", policy, got, want)
	}
}

// cures counts the findings that are claimed to be cured.
func (w *town) cures() int {
	w.t.Helper()
	closed, err := w.db.ClosedSince(w.t.Context(), time.Time{}.Add(1))
	if err != nil {
		w.t.Fatal(err)
	}
	return len(closed)
}

func (w *town) warned(text string) int { return strings.Count(w.log.String(), text) }

func (w *town) held(o reconcile.Outcome, key string) string {
	for _, h := range o.Plan.Held {
		if h.Key == key {
			return h.Reason
		}
	}
	return ""
}

const criteria = "story/no-acceptance-criteria"

var errDown = fmt.Errorf("%w: 503", errors.Join(backlog.ErrUnavailable))
