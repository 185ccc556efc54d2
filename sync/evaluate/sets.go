package evaluate

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/sync/evaluate/survey"
)

// defaultEvery is how often teams, trains, increments and connections are
// judged at most, while items go on changing.
const defaultEvery = 10 * time.Minute

// readiness is the practice whose open findings make a story unready.
const readiness = "readiness"

// judgedSets is when the sets were judged last, and on what.
type judgedSets struct {
	At       time.Time
	Today    string
	Basis    string
	Pulse    string            // of the items
	Subjects []backlog.Subject // whom it was about
}

const setsKey = "evaluate/sets"

// asksOfSets reports whether any policy judges anything but items: counting
// them all is for nothing where none does.
func (e *Evaluator) asksOfSets() bool {
	return slices.ContainsFunc(e.Library.Policies(), func(p engine.Policy) bool { return p.Subject != backlog.ItemSubject })
}

// sets judges teams, trains, increments and connections, if it is time: on a
// new day, when policies, settings or trust are not what they were, when Full
// is set, and a while after items changed.
func (e *Evaluator) sets(ctx context.Context, j *judge, scope Scope, sum *Summary) error {
	var last judgedSets
	if _, err := remembered(ctx, e.Store, setsKey, &last); err != nil {
		return fmt.Errorf("load when sets were judged: %w", err)
	}
	if len(last.Subjects) == 0 && !e.asksOfSets() {
		return nil
	}
	pulse, err := e.Store.Pulse(ctx)
	if err != nil {
		return err
	}
	now := judgedSets{At: j.now, Today: j.calendar.today, Basis: e.setBasis(j, scope), Pulse: pulse}
	if !scope.Full && !last.due(now, e.every()) {
		return nil
	}
	round, err := e.round(ctx, j, scope)
	if err != nil {
		return err
	}
	if err := round.freeze(ctx); err != nil {
		return err
	}
	judged, err := round.verdicts(ctx)
	if err != nil {
		return err
	}
	for _, s := range round.subjects {
		now.Subjects = append(now.Subjects, s.Subject)
	}
	left, err := e.left(ctx, last.Subjects, now.Subjects, j)
	if err != nil {
		return err
	}
	judged = append(judged, left...)
	if err := e.Store.SaveJudgements(ctx, judged); err != nil {
		return fmt.Errorf("save judgements: %w", err)
	}
	sum.addSets(judged)
	if err := remember(ctx, e.Store, setsKey, now); err != nil {
		return fmt.Errorf("save when sets were judged: %w", err)
	}
	return nil
}

func (e *Evaluator) every() time.Duration {
	if e.Settings.SetsEvery != 0 {
		return e.Settings.SetsEvery
	}
	return defaultEvery
}

// due reports whether it is time again.
func (last judgedSets) due(now judgedSets, every time.Duration) bool {
	switch {
	case last.Today != now.Today || last.Basis != now.Basis:
		return true
	case last.Pulse == now.Pulse:
		return false
	}
	return now.At.Sub(last.At) >= every || now.At.Before(last.At)
}

// setBasis is what sets are judged on beside the items.
func (e *Evaluator) setBasis(j *judge, scope Scope) string {
	connections := slices.Sorted(slices.Values(scope.Connections))
	return version(e.Settings.Version, e.basis(), e.Settings.Planning, j.trust, connections)
}

// left closes what is open on subjects that there are no more: the settings do
// not name them, or an increment lies too far back.
func (e *Evaluator) left(ctx context.Context, before, now []backlog.Subject, j *judge) ([]backlog.Judged, error) {
	var gone []backlog.Subject
	for _, s := range before {
		if !slices.Contains(now, s) {
			gone = append(gone, s)
		}
	}
	open, err := e.Store.OpenFindings(ctx, gone)
	if err != nil {
		return nil, fmt.Errorf("load findings: %w", err)
	}
	var all []backlog.Judged
	for _, s := range gone {
		judgement := backlog.Judgement{Subject: s, Revision: j.library.Revision(), Today: j.calendar.today}
		judged := backlog.Judged{Judgement: judgement, At: j.now}
		judged.Closed = unasked(judgement, open[s])
		all = append(all, judged)
	}
	return all, nil
}

// round is one judging of all sets.
type round struct {
	*judge
	store    Store
	scope    Scope
	survey   *survey.Survey
	subjects []survey.Subject
	policies map[backlog.Level][]engine.Policy
	rules    *ruleCache
	sites    map[string]backlog.Site
}

// round counts all items once.
func (e *Evaluator) round(ctx context.Context, j *judge, scope Scope) (*round, error) {
	r := &round{judge: j, store: e.Store, scope: scope, policies: map[backlog.Level][]engine.Policy{}}
	var asked []string
	for _, p := range e.Library.Policies() {
		switch {
		case p.Subject != backlog.ItemSubject:
			r.policies[p.Level] = append(r.policies[p.Level], p)
		case p.Practice == readiness:
			asked = append(asked, p.ID)
		}
	}
	r.rules = &ruleCache{resolve: e.Settings.Rule, byLevel: r.policies}
	var err error
	if r.sites, err = e.Store.Sites(ctx); err != nil {
		return nil, fmt.Errorf("load sites: %w", err)
	}
	ties, err := e.Store.Ties(ctx)
	if err != nil {
		return nil, err
	}
	baselines, err := e.Store.Baselines(ctx)
	if err != nil {
		return nil, err
	}
	settings := survey.Settings{
		Organisation: e.Settings.Organisation, Planning: e.Settings.Planning, Baselines: baselines, Ties: ties, Now: j.now, Zone: e.Settings.Zone,
	}
	r.survey = survey.New(settings)
	if err := e.Store.Survey(ctx, asked, r.add); err != nil {
		return nil, fmt.Errorf("count items: %w", err)
	}
	r.survey.Finish()
	r.subjects = r.survey.Subjects(connectionsOf(r.sites))
	return r, nil
}

func (r *round) add(item *backlog.Surveyed) error {
	at := r.place(&item.Stored)
	r.survey.Add(item, survey.Place{
		Team: at.team, Train: at.train, Increment: at.increment, Theme: at.theme,
		Several: at.team != "" && r.settings.Organisation.Several(item.Connection, &item.Item),
	})
	return nil
}

func connectionsOf(sites map[string]backlog.Site) []string {
	var names []string
	for name := range sites {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// freeze keeps the baselines of increments whose planning has ended. While the
// data is in doubt it waits: what is frozen stays so.
func (r *round) freeze(ctx context.Context) error {
	for _, of := range r.survey.Due() {
		if r.doubt(of) != "" {
			continue
		}
		b := r.survey.Baseline(of)
		if err := r.store.FreezeBaseline(ctx, b); err != nil {
			return err
		}
		r.survey.Baselines = append(r.survey.Baselines, b)
	}
	return nil
}
