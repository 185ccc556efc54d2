package evaluate_test

import (
	"cmp"
	"context"
	"database/sql"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/sync/evaluate"
)

// counting counts how many items the policies are asked about.
type counting struct {
	*engine.Library
	asked atomic.Int64
}

func (c *counting) Evaluate(ctx context.Context, in engine.Input) (engine.Result, error) {
	if in.Set == nil {
		c.asked.Add(1)
	}
	return c.Library.Evaluate(ctx, in)
}

// curious are policies that look at everything that can change beside an item.
func curious() fs.FS {
	policy := func(id, message, evidence, body string) *fstest.MapFile {
		return &fstest.MapFile{Data: fmt.Appendf(nil, `package trackwarden.%s

# METADATA
# title: Ours
# description: What our folder looks for.
# custom:
#   why: We care.
#   remedy: Something else.
#   practice: readiness
#   severity: info
#   committed: true
violation contains {"policy": %q, "evidence": %s, "message": %s} if {
%s
}
`, id[:len(id)-len("/x")], id, evidence, message, body)}
	}
	return fstest.MapFS{
		"story/p.rego":   policy("story/p", `sprintf("under %s of %s in %s", [input.parent.title, input.parent.team, input.parent.increment])`, `{"parent": input.parent.key}`, "\tinput.parent.state.category != \"todo\""),
		"story/l.rego":   policy("story/l", `sprintf("%v", [[l.item.title | some l in input.links]])`, `{"of": {l.item.team | some l in input.links}}`, "\tsome l in input.links\n\tl.direction == \"inward\"\n\tl.item.state.category != \"done\""),
		"story/c.rego":   policy("story/c", `"risky"`, `{}`, "\tinput.subject.custom.risk == \"high\""),
		"story/h.rego":   policy("story/h", `sprintf("%d", [input.facts.reopened])`, `{"since": input.subject.state.since}`, "\tinput.facts.reopened > 1"),
		"story/w.rego":   policy("story/w", `concat(", ", input.text.story.missing)`, `{"vague": input.text.story.vague, "criteria": input.text.story.vague_criteria}`, "\tinput.text.story.language == \"en\""),
		"team/t.rego":    policy("team/t", `"counted"`, `{"items": input.set.items, "points": input.set.points, "pairs": input.set.duplicates_found}`, "\tinput.set.items.total_open >= 0"),
		"train/t.rego":   policy("train/t", `sprintf("%v", [[d.to.title | some d in input.set.dependencies]])`, `{"order": input.set.dependency_counts, "now": input.set.increments.current.stories}`, "\tinput.set.items.total_open >= 0"),
		"feature/f.rego": policy("feature/f", `sprintf("%v", [[c.title | some c in input.children]])`, `{"open": count([c | some c in input.children; c.state.category != "done"])}`, "\tsome c in input.children\n\tc.state.category != \"done\""),
	}
}

// twin is the same world twice: one judges what changed, the other everything
// each time, from whole items.
type twin struct {
	t           *rapid.T
	lazy, eager *world
	items       map[backlog.ItemID]backlog.Item // as their trackers have them
	asked       *counting
}

func newTwin(t *testing.T, rt *rapid.T, library *engine.Library) *twin {
	w := &twin{t: rt, items: map[backlog.ItemID]backlog.Item{}, asked: &counting{Library: library}}
	w.lazy, w.eager = newWorldOf(t, w.asked), newWorldOf(t, library)
	w.both(func(w *world) { w.Settings.Version, w.Settings.SetsEvery = "1", -1 })
	for n := range 24 {
		item := bulky(n)
		if n%3 == 2 {
			item.ID = backlog.ItemID{Site: platform, ID: item.ID.ID}
			item.Key, item.URL = item.ID.ID, "https://dev.example/_workitems/edit/"+item.ID.ID
		}
		item.Body, item.Links = "", nil
		w.put(item)
	}
	return w
}

func (w *twin) both(do func(*world)) {
	do(w.lazy)
	do(w.eager)
}

func (w *twin) put(item backlog.Item) {
	w.items[item.ID] = item
	w.both(func(w *world) { w.commit(item) })
}

// some draws an item that the trackers have.
func (w *twin) some(label string) backlog.ItemID {
	ids := slices.SortedFunc(maps.Keys(w.items), func(a, b backlog.ItemID) int {
		return cmp.Or(cmp.Compare(a.Site, b.Site), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return rapid.SampledFrom(ids).Draw(w.t, label)
}

// edit changes an item as a person does.
func (w *twin) edit(change func(*backlog.Item)) {
	item := w.items[w.some("item")]
	item.Labels, item.Links = slices.Clone(item.Labels), slices.Clone(item.Links)
	w.both(func(w *world) { w.now = w.now.Add(time.Minute) })
	change(&item)
	item.Changed = w.lazy.now
	item.Revision += "'"
	w.put(item)
}

func pick[T any](w *twin, label string, of ...T) T { return rapid.SampledFrom(of).Draw(w.t, label) }

// edits are what people and trackers do to items.
func (w *twin) edits() map[string]func(*rapid.T) {
	edit := func(change func(*backlog.Item)) func(*rapid.T) { return func(*rapid.T) { w.edit(change) } }
	return map[string]func(*rapid.T){
		"title": edit(func(i *backlog.Item) { i.Title = pick(w, "title", "Pay", "Search", "Cancel") }),
		"sentence": edit(func(i *backlog.Item) {
			i.Text.Sentence = pick(w, "sentence", "", "As a cook, I want an easy clock", "As a cook, I want a clock so that I wake")
		}),
		"criteria": edit(func(i *backlog.Item) { i.Text.Criteria = pick(w, "criteria", nil, []string{"It works"}) }),
		"cut":      edit(func(i *backlog.Item) { i.Text.Truncated = !i.Text.Truncated }),
		"points":   edit(func(i *backlog.Item) { i.Points = pick(w, "points", nil, new(3.0), new(10.0), new(21.0)) }),
		"assignee": edit(func(i *backlog.Item) { i.Assignee = pick(w, "who", nil, &backlog.Person{ID: "olga"}) }),
		"filled": edit(func(i *backlog.Item) {
			i.Filled = pick(w, "filled", 0, backlog.FieldSet(0).With(backlog.FieldPoints).With(backlog.FieldAssignee))
		}),
		"team":      edit(func(i *backlog.Item) { i.Components = pick(w, "team", nil, []string{"Team 3"}, []string{"Team 4"}) }),
		"increment": edit(func(i *backlog.Item) { i.Labels = pick(w, "labels", nil, []string{"pi-26.4"}, []string{"pi-27.1"}) }),
		"project": edit(func(i *backlog.Item) {
			i.Project = pick(w, "project", backlog.Project{ID: "10", Key: "SHOP"}, backlog.Project{ID: "20", Key: "WEB"})
		}),
		"risk": edit(func(i *backlog.Item) { i.Custom = pick(w, "risk", nil, map[string]any{"risk": "high"}) }),
		"state": edit(func(i *backlog.Item) {
			i.State = backlog.State{Category: pick(w, "state", backlog.ToDo, backlog.InProgress, backlog.Done), Native: "x"}
		}),
		"type": edit(func(i *backlog.Item) {
			i.Type, i.Level = "Story", backlog.Story
			if pick(w, "epic", true, false) {
				i.Type, i.Level = "Epic", backlog.Feature
			}
		}),
		"sprint": edit(func(i *backlog.Item) {
			start := w.lazy.now.AddDate(0, 0, pick(w, "start", -3, 0, 2)).Add(5 * time.Hour)
			i.Iterations = []backlog.Iteration{{ID: "9", Start: start, End: start.AddDate(0, 0, 2), State: pick(w, "sprint", "", "active", "closed")}}
		}),
		"parent": edit(func(i *backlog.Item) {
			i.Parent = pick(w, "parent", nil, &backlog.Ref{ID: w.some("of")}, &backlog.Ref{Key: "SHOP-999"})
		}),
		"link": edit(func(i *backlog.Item) {
			i.Links = append(i.Links, backlog.Link{Type: backlog.Blocks, Direction: pick(w, "side", backlog.Outward, backlog.Inward), To: backlog.Ref{ID: w.some("to")}})
		}),
		"unlink": edit(func(i *backlog.Item) { i.Links = nil }),
		"delete": func(*rapid.T) { w.see(backlog.Gone) },
		"hide":   func(*rapid.T) { w.see(backlog.Hidden) },
		"find":   func(*rapid.T) { w.see(backlog.Found) },
		"miss":   func(*rapid.T) { w.miss() },
		"past":   func(*rapid.T) { w.past() },
	}
}

// see brings an item as a fetch finds it.
func (w *twin) see(presence backlog.Presence) {
	id := w.some("item")
	w.both(func(w2 *world) {
		_, err := w2.CommitSightings(w2.ctx(), connectionOf(id), id.Site, []backlog.Sighting{{ID: id, Presence: presence, Item: w.items[id]}}, false)
		w2.must(err)
	})
}

// miss is a census that lacks an item.
func (w *twin) miss() {
	id := w.some("item")
	w.both(func(w2 *world) {
		_, err := w2.NoteUnseen(w2.ctx(), connectionOf(id), backlog.Unseen{
			Project: backlog.ProjectID{Site: id.Site, ID: w.items[id].Project.ID}, Missing: []backlog.ItemID{id}, At: w2.now, Censuses: 3, Over: time.Hour,
		})
		w2.must(err)
	})
}

// past brings what became of an item before.
func (w *twin) past() {
	id := w.some("item")
	history := &backlog.History{StateSince: w.lazy.now.AddDate(0, 0, -9), Reopened: pick(w, "reopened", 0, 2, 3)}
	w.both(func(w2 *world) {
		_, err := w2.CommitHistory(w2.ctx(), id.Site, []backlog.Remembered{{PastDue: backlog.PastDue{ID: id, Revision: w.items[id].Revision}, History: history}})
		w2.must(err)
	})
}

func connectionOf(id backlog.ItemID) string {
	if id.Site == platform {
		return "platform"
	}
	return "shop"
}

// changes are those beside the items.
func (w *twin) changes() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"hours": func(*rapid.T) { w.both(func(w *world) { w.now = w.now.Add(4 * time.Hour) }) },
		"days": func(*rapid.T) {
			days := pick(w, "days", 1, 20, 100)
			w.both(func(w *world) { w.now = w.now.AddDate(0, 0, days) })
		},
		"rule":      func(*rapid.T) { w.rule() },
		"exemption": func(*rapid.T) { w.exempt() },
		"match": func(*rapid.T) {
			label := pick(w, "match", "pi-26.4", "pi-27.1")
			w.set(func(s *evaluate.Settings) {
				s.Organisation.Teams = slices.Clone(s.Organisation.Teams)
				s.Organisation.Teams[0].Match = []backlog.Match{{Label: label}}
			})
		},
		"doubt": func(*rapid.T) {
			doubt := pick(w, "doubt", nil, map[backlog.Source]string{{Connection: "shop", Project: "SHOP"}: "a page was cut"}, map[backlog.Source]string{{Connection: "shop", Project: "WEB"}: "hidden"})
			w.both(func(w *world) { w.scope.Doubt = doubt })
		},
		"whole": func(*rapid.T) { w.both(func(w *world) { w.scope.Whole = !w.scope.Whole }) },
		"outage": func(*rapid.T) {
			up := pick(w, "up", []string{"shop"}, []string{"platform"}, []string{"shop", "platform"})
			w.both(func(w *world) { w.scope.Connections = up })
		},
		"abandon": func(*rapid.T) {
			filled := pick(w, "filled", 0, backlog.FieldSet(0).With(backlog.FieldPoints).With(backlog.FieldAcceptanceCriteria))
			for id, item := range w.items {
				if id.Site == shop {
					item.Filled, item.Changed, item.Revision = filled, w.lazy.now, item.Revision+"'"
					w.put(item)
				}
			}
		},
		"suspend": func(*rapid.T) {
			lost := pick(w, "lost", nil, []backlog.Suspension{{Connection: "shop", Project: backlog.Project{ID: "10", Key: "SHOP"}, Type: "Story", Field: backlog.FieldPoints, Reason: "It was renamed."}})
			w.both(func(w *world) { w.scope.Suspended = lost })
		},
	}
}

// set changes the settings.
func (w *twin) set(change func(*evaluate.Settings)) {
	w.both(func(w *world) {
		change(&w.Settings)
		w.Settings.Version += "'"
	})
}

func (w *twin) rule() {
	team, policy := pick(w, "team", "", "Team 0", "Team 3"), pick(w, "policy", "story/too-big", "story/orphan", "feature/no-stories")
	enabled, severity := pick(w, "enabled", true, false), pick(w, "severity", backlog.Error, backlog.Info)
	w.set(func(s *evaluate.Settings) {
		before := s.Rule
		s.Rule = func(p engine.Policy, connection, train, name string) evaluate.Rule {
			r := before(p, connection, train, name)
			if name == team && p.ID == policy {
				r.Enabled, r.Severity = enabled, severity
			}
			return r
		}
	})
}

func (w *twin) exempt() {
	x := evaluate.Exemption{Policy: pick(w, "policy", "", "story/orphan"), Reason: "seasonal", Until: backlog.Day(w.lazy.now.AddDate(0, 0, 10), time.UTC)}
	if x.Item = pick(w, "named", "", w.items[w.some("item")].Key); x.Item == "" {
		x.Team = pick(w, "team", "Team 0", "Team 1")
	}
	keep := pick(w, "keep", 0, 1)
	w.set(func(s *evaluate.Settings) {
		s.Exemptions = append([]evaluate.Exemption{x}, s.Exemptions[:min(keep, len(s.Exemptions))]...)
	})
}

// verdict is what a store says of a subject.
type verdict struct {
	Today, Team string
	Outcomes    []backlog.PolicyOutcome
	Findings    []string
}

func (w *world) verdicts() map[string]verdict {
	all := map[string]verdict{}
	w.must(w.EachJudgement(w.ctx(), func(s backlog.Subject, _ *backlog.Stored, j backlog.Judgement) error {
		all[s.ID] = verdict{Today: j.Today, Team: j.Team, Outcomes: j.Outcomes}
		return nil
	}))
	w.must(w.EachOpenFinding(w.ctx(), func(f backlog.Finding, _ *backlog.Stored) error {
		v := all[f.Subject.ID]
		v.Findings = append(v.Findings, fmt.Sprint(f.Policy, f.Fingerprint, f.Message, f.Severity, f.Opened))
		slices.Sort(v.Findings)
		all[f.Subject.ID] = v
		return nil
	}))
	return all
}

func (w *twin) judge() int {
	before := w.asked.asked.Load()
	w.lazy.run()
	w.eager.scope.Full = true
	w.eager.forget()
	w.eager.run()
	if diff := gocmp.Diff(w.eager.verdicts(), w.lazy.verdicts()); diff != "" {
		w.t.Fatalf("judging everything (-) and what changed (+) differ:\n%s", diff)
	}
	return int(w.asked.asked.Load() - before)
}

// forget drops all that was prepared for judging, so that it is made anew.
func (w *world) forget() {
	db, err := sql.Open("sqlite", w.path)
	w.must(err)
	_, err = db.ExecContext(w.ctx(), `DELETE FROM brief`)
	w.must(err)
	w.must(db.Close())
}

// Whatever happens, judging what changed says the same as judging everything.
func TestJudgingWhatChangedEqualsJudgingEverything(t *testing.T) {
	library, err := engine.Load(t.Context(), policies.FS(), curious())
	if err != nil {
		t.Fatal(err)
	}
	var costs []int
	few(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := newTwin(t, rt, library)
		w.judge()
		edits, all := w.edits(), w.changes()
		maps.Copy(all, edits)
		names := slices.Sorted(maps.Keys(all))
		for range 40 {
			name := rapid.SampledFrom(names).Draw(rt, "what")
			all[name](rt)
			cost := w.judge()
			if _, edit := edits[name]; edit {
				costs = append(costs, cost)
			}
		}
	})
	slices.Sort(costs)
	sum := 0
	for _, c := range costs {
		sum += c
	}
	t.Logf("%d edits cost %.2f evaluations each, %d at the 99th percentile", len(costs), float64(sum)/float64(len(costs)), costs[len(costs)*99/100])
}

// few keeps the test short unless somebody asks for more by -rapid.checks.
func few(t *testing.T) {
	t.Helper()
	if f := flag.Lookup("rapid.checks"); f != nil && f.Value.String() == f.DefValue {
		if err := f.Value.Set("6"); err != nil {
			t.Fatal(err)
		}
	}
}
