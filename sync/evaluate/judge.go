package evaluate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// judge holds what is the same for every subject of one run.
type judge struct {
	library  Library
	settings Settings
	usage    usage
	trust    trust
	today    string
	todayUTC time.Time // the start of today's date in UTC, for counting days
	now      time.Time
	rules    *ruleCache
	byLevel  map[backlog.Level][]engine.Policy
}

func (e *Evaluator) judge(ctx context.Context, today string, trust trust) (*judge, error) {
	sites, err := e.Store.Sites(ctx)
	if err != nil {
		return nil, fmt.Errorf("load sites: %w", err)
	}
	recent, err := e.Store.Usage(ctx, e.Clock().Add(-usedWindow))
	if err != nil {
		return nil, fmt.Errorf("count field usage: %w", err)
	}
	ever, err := e.Store.Usage(ctx, time.Time{})
	if err != nil {
		return nil, fmt.Errorf("count field usage: %w", err)
	}
	midnight, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return nil, fmt.Errorf("read today's date: %w", err)
	}
	j := &judge{
		todayUTC: midnight,
		library:  e.Library, settings: e.Settings, usage: newUsage(sites, recent, ever), trust: trust,
		today: today, now: e.Clock(), rules: newRuleCache(e.Settings.Rule), byLevel: map[backlog.Level][]engine.Policy{},
	}
	for _, p := range e.Library.Policies() {
		if p.Subject == backlog.ItemSubject {
			j.byLevel[p.Level] = append(j.byLevel[p.Level], p)
		}
	}
	return j, nil
}

// all judges a batch on every core, in the order given.
func (j *judge) all(ctx context.Context, dirty []backlog.Dirty, families map[string]backlog.Family, open map[backlog.Subject][]backlog.Finding) ([]backlog.Judged, error) {
	judged := make([]backlog.Judged, len(dirty))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range dirty {
		group.Go(func() error {
			family, known := families[d.Subject.ID]
			if !known { // gone from the scope: nothing to say, nothing to clear
				judged[i] = backlog.Judged{Judgement: backlog.Judgement{Subject: d.Subject}, DirtySeq: d.Seq, At: j.now, Vanished: true}
				return nil
			}
			var err error
			judged[i], err = j.one(ctx, d, family, open[d.Subject])
			return err
		})
	}
	return judged, group.Wait()
}

// one judges one item.
func (j *judge) one(ctx context.Context, d backlog.Dirty, family backlog.Family, open []backlog.Finding) (backlog.Judged, error) {
	place := j.place(family.Stored)
	in := j.input(family, place)
	result, err := j.library.Evaluate(ctx, in)
	if err != nil {
		if ctx.Err() != nil {
			return backlog.Judged{}, ctx.Err()
		}
		result = engine.Result{Failed: map[string]error{}}
		for _, p := range j.byLevel[family.Level] {
			result.Failed[p.ID] = err
		}
	}
	judgement := backlog.Judgement{
		Subject: d.Subject, Revision: j.library.Revision(), InputHash: inputHash(in), Today: j.today,
	}
	for _, p := range j.byLevel[family.Level] {
		judgement.Outcomes = append(judgement.Outcomes, j.outcome(p, family, place, in, result))
	}
	judged := settle(judgement, open, j.now)
	if j.trust.doubt(sourceOf(family.Stored)) == "" {
		judged.Closed = append(judged.Closed, unasked(judgement, open)...)
	}
	judged.DirtySeq = d.Seq
	return judged, nil
}

func inputHash(in engine.Input) string {
	encoded, err := json.Marshal(in)
	if err != nil { // only custom values could fail, and they come from JSON
		encoded = []byte(err.Error())
	}
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:12])
}
