package evaluate_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/evaluate"
)

// readOnly is a store that a trial may ask and not tell anything.
type readOnly struct {
	*store.DB
	t *testing.T
}

func (r readOnly) wrote() error {
	r.t.Error("a trial wrote")
	return errors.New("read only")
}

func (r readOnly) SetSetting(context.Context, string, string) error       { return r.wrote() }
func (r readOnly) TurnAll(context.Context) error                          { return r.wrote() }
func (r readOnly) MarkDirty(context.Context, string, backlog.Some) error  { return r.wrote() }
func (r readOnly) SaveJudgements(context.Context, []backlog.Judged) error { return r.wrote() }
func (r readOnly) MarkNeighbours(context.Context, string, backlog.Source) error {
	return r.wrote()
}
func (r readOnly) SetCycles(context.Context, []backlog.ItemID, map[backlog.ItemID][]string, int64) error {
	return r.wrote()
}
func (r readOnly) BeginWalk(context.Context, string, string, string, bool) (backlog.Walk, error) {
	return backlog.Walk{}, r.wrote()
}
func (r readOnly) FreezeBaseline(context.Context, backlog.Baseline) error           { return r.wrote() }
func (r readOnly) SaveWalked(context.Context, backlog.Walk, []backlog.Judged) error { return r.wrote() }

// A trial of the policies that judged last says the same again, one item or
// all, and another library says what it would.
func TestATrialSaysWhatARunSays(t *testing.T) {
	w := newWorld(t)
	w.fill(1200)
	w.run()
	said := map[string][]backlog.PolicyOutcome{}
	w.must(w.EachJudgement(w.ctx(), func(s backlog.Subject, _ *backlog.Stored, j backlog.Judgement) error {
		if s.Kind == backlog.ItemSubject {
			said[s.ID] = j.Outcomes
		}
		return nil
	}))
	other, err := engine.Load(w.ctx(), policies.FS(), fstest.MapFS{"story/all.rego": {Data: []byte(wide)}})
	w.must(err)
	e := w.Evaluator
	e.Store = readOnly{w.DB, t}
	trial, err := e.Try(w.ctx(), w.Library, other)
	w.must(err)
	tried, failed, sets := 0, 0, 0
	w.must(trial.Each(w.ctx(), func(x *evaluate.Tried) error {
		tried++
		id := x.Subject.ID
		if x.Item == nil {
			j, _, err := w.JudgementOf(w.ctx(), x.Subject)
			w.must(err)
			said[id] = j.Outcomes
		}
		if diff := cmp.Diff(said[id], x.Outcomes[0]); diff != "" {
			t.Fatalf("%s (-run +trial):\n%s", id, diff)
		}
		for _, o := range x.Outcomes[1] {
			if o.Policy == "story/all" && o.Verdict == backlog.Fail {
				failed++
			}
		}
		if x.Item == nil {
			sets++
			return nil
		}
		if in := x.Input(); in.Subject.Key != x.Item.Key {
			t.Fatalf("the input is of %s", in.Subject.Key)
		}
		return nil
	}))
	if tried != len(said) || tried-sets != 1200 || failed == 0 || sets == 0 {
		t.Errorf("%d tried, %d judged, %d sets, %d failed by the other", tried, len(said), sets, failed)
	}
	inputs := 0
	w.must(trial.Inputs(w.ctx(), func(engine.Input) error { inputs++; return nil }))
	if inputs != tried {
		t.Errorf("%d inputs of %d", inputs, tried)
	}
	trial.Whole()
	families, err := w.Families(w.ctx(), []backlog.ItemID{{Site: shop, ID: "7"}})
	w.must(err)
	one, err := trial.Item(w.ctx(), &families[0])
	w.must(err)
	if diff := cmp.Diff(said[families[0].ID.String()], one.Outcomes[0]); diff != "" {
		t.Errorf("one item (-run +trial):\n%s", diff)
	}
	if in := one.Input(); in.Subject.Iteration.Name != "Sprint 48" || in.Parent == nil {
		t.Errorf("the input is not whole: %+v", in)
	}
}

const wide = `package trackwarden.story

# METADATA
# title: Everything
# description: Every story.
# custom:
#   why: Because.
#   remedy: Nothing.
#   practice: protect
#   severity: info
violation contains {"policy": "story/all", "evidence": {}, "message": "It is a story."} if input.level == "story"
`

func TestATrialEndsWhereItsReaderEnds(t *testing.T) {
	w := newWorld(t)
	w.fill(600)
	w.run()
	trial, err := w.Try(w.ctx(), w.Library)
	w.must(err)
	stop, n := errors.New("enough"), 0
	err = trial.Each(w.ctx(), func(*evaluate.Tried) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
}

func TestAllReadsAreAll(t *testing.T) {
	reads := reflect.ValueOf(backlog.AllReads())
	for i := range reads.NumField() {
		if !reads.Field(i).Bool() {
			t.Errorf("%s is left out", reads.Type().Field(i).Name)
		}
	}
}
