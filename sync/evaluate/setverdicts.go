package evaluate

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/sync/evaluate/survey"
)

// verdicts judges every subject of which there are policies. The items that their
// lists name are loaded once, for all.
func (r *round) verdicts(ctx context.Context) ([]backlog.Judged, error) {
	r.subjects = slices.DeleteFunc(r.subjects, func(s survey.Subject) bool { return len(r.policies[backlog.Level(s.Kind)]) == 0 })
	items, err := r.named(ctx)
	if err != nil {
		return nil, fmt.Errorf("load items: %w", err)
	}
	look := func(number int64) engine.Summary {
		if item := items[number]; item != nil {
			return r.summary(item, true)
		}
		return engine.Summary{}
	}
	all := make([]backlog.Subject, len(r.subjects))
	for i, s := range r.subjects {
		all[i] = s.Subject
	}
	open, err := r.store.OpenFindings(ctx, all)
	if err != nil {
		return nil, fmt.Errorf("load findings: %w", err)
	}
	var judged []backlog.Judged
	for _, s := range r.subjects {
		one, err := r.one(ctx, s, look, open[s.Subject])
		if err != nil {
			return nil, err
		}
		judged = append(judged, one)
	}
	return judged, nil
}

// named loads the items that the lists of the subjects name.
func (r *round) named(ctx context.Context) (map[int64]*backlog.Stored, error) {
	wanted := map[int64]bool{}
	for _, s := range r.subjects {
		r.survey.Set(s, func(number int64) engine.Summary {
			wanted[number] = true
			return engine.Summary{}
		})
	}
	return r.store.Numbered(ctx, slices.Sorted(maps.Keys(wanted)))
}

// one judges one subject.
func (r *round) one(ctx context.Context, of survey.Subject, look survey.Look, open []backlog.Finding) (backlog.Judged, error) {
	in, err := r.input(ctx, of, look)
	if err != nil {
		return backlog.Judged{}, err
	}
	level := backlog.Level(of.Kind)
	result, err := r.library.Evaluate(ctx, in)
	if err != nil {
		if ctx.Err() != nil {
			return backlog.Judged{}, ctx.Err()
		}
		result = engine.Result{Failed: map[string]error{}}
		for _, p := range r.policies[level] {
			result.Failed[p.ID] = err
		}
	}
	at := placeOf(of)
	judgement := backlog.Judgement{Subject: of.Subject, Revision: r.library.Revision(), Today: r.calendar.today, Team: of.Team.Name}
	doubt, rules := r.doubt(of), r.rules.at(level, &at).of
	for i, p := range r.policies[level] {
		judgement.Outcomes = append(judgement.Outcomes, r.outcome(&p, rules[i], of, doubt, result))
	}
	judged := settle(judgement, open, r.now)
	if doubt == "" {
		judged.Closed = append(judged.Closed, unasked(judgement, open)...)
	}
	judged.Input = func() string { return version(json.Marshaler(in)) }
	return judged, nil
}

// input is what the policies see of a subject.
func (r *round) input(ctx context.Context, of survey.Subject, look survey.Look) (engine.Input, error) {
	at := placeOf(of)
	current, next := of.Train.Current(r.calendar.today)
	in := engine.Input{
		Today: r.calendar.today, Level: backlog.Level(of.Kind),
		Subject:   engine.Subject{Kind: of.Kind, ID: of.ID, Title: of.Title},
		Team:      engine.Team{Name: of.Team.Name, Train: of.Train.Name},
		Train:     engine.Train{Name: of.Train.Name, Current: increment(current), Next: increment(next)},
		Increment: increment(of.Increment), Known: r.known,
		Set:      r.survey.Set(of, look),
		Settings: r.rules.at(backlog.Level(of.Kind), &at).settings,
	}
	if of.Kind != backlog.ConnectionSubject {
		return in, nil
	}
	return in, r.connection(ctx, of.ID, &in.Set.Connection)
}

// connection fills in what only the store knows of one.
func (r *round) connection(ctx context.Context, name string, c *engine.SetConnection) error {
	where, err := r.store.Presences(ctx, name)
	if err != nil {
		return err
	}
	c.Hidden, c.Broken, c.Missing = where[backlog.Hidden], where[backlog.Damaged], where[backlog.Missing]
	counted, err := r.store.Usage(ctx, time.Time{})
	if err != nil {
		return fmt.Errorf("count types: %w", err)
	}
	site := r.sites[name]
	for _, n := range counted {
		if n.Site == site.ID && n.Items > 0 && !mapped(site, n) {
			c.Unmapped = append(c.Unmapped, engine.TypeCount{Project: n.Project, Name: n.Type, Items: n.Items})
		}
	}
	slices.SortFunc(c.Unmapped, func(a, b engine.TypeCount) int {
		if a.Items != b.Items {
			return b.Items - a.Items
		}
		return strings.Compare(a.Project+a.Name, b.Project+b.Name)
	})
	c.Unmapped = c.Unmapped[:min(len(c.Unmapped), 20)]
	return nil
}

// mapped reports whether a type is on a level.
func mapped(site backlog.Site, of backlog.Usage) bool {
	return slices.ContainsFunc(site.Types, func(t backlog.ItemType) bool {
		return t.Project == of.Project && t.Name == of.Type && t.Level != ""
	})
}

func placeOf(of survey.Subject) place {
	at := place{team: of.Team.Name, train: of.Train.Name}
	if of.Kind == backlog.ConnectionSubject {
		at.connection = of.ID
	}
	return at
}

// outcome decides for one policy, in the order of outcomes of items.
func (r *round) outcome(p *engine.Policy, rule Rule, of survey.Subject, doubt string, result engine.Result) backlog.PolicyOutcome {
	o := backlog.PolicyOutcome{Policy: p.ID, Severity: rule.Severity}
	if !rule.Enabled {
		o.Verdict, o.Cause = backlog.Skipped, CauseOff
		return o
	}
	if x, exempt := r.exempt(p, of); exempt {
		o.Verdict, o.Cause, o.Until = backlog.Exempt, x.Reason, x.Until
		return o
	}
	unused := r.unused(p, of)
	switch {
	case doubt != "":
		o.Verdict, o.Cause = backlog.Undecidable, "coverage in doubt: "+doubt
	case unused != "":
		o.Verdict, o.Cause = backlog.Skipped, CauseNotUsed+": "+unused
	case result.Failed[p.ID] != nil:
		o.Verdict, o.Cause = backlog.Undecidable, result.Failed[p.ID].Error()
	case len(result.Violations[p.ID]) > 0:
		o.Verdict, o.Violations = backlog.Fail, result.Violations[p.ID]
	default:
		o.Verdict = backlog.Pass
	}
	return o
}

// exempt finds the first exemption in force that covers the policy and the
// subject as a whole.
func (r *round) exempt(p *engine.Policy, of survey.Subject) (Exemption, bool) {
	at := placeOf(of)
	for _, x := range r.settings.Exemptions {
		whole := x.Item == "" && (x.Team != "" || x.Train != "" || x.Connection != "")
		if whole && x.Until >= r.calendar.today && fits(x.Policy, p.ID) && fits(x.Team, at.team) && fits(x.Train, at.train) && fits(x.Connection, at.connection) {
			return x, true
		}
	}
	return Exemption{}, false
}

// unused names the fields that the policy needs and that nobody fills on any
// type that the subject has items of.
func (r *round) unused(p *engine.Policy, of survey.Subject) string {
	_, types := r.survey.Sources(of)
	var unused []string
	for _, f := range p.Requires {
		used := false
		for t := range types {
			used = used || r.usage[typeKey{t.Site, t.Project, t.Type}].Has(f)
		}
		if !used {
			unused = append(unused, strings.ReplaceAll(f.String(), "_", " "))
		}
	}
	return strings.Join(unused, ", ")
}

// doubt says why what was counted for a subject may not be all there is; empty
// when it is.
func (r *round) doubt(of survey.Subject) string {
	if !r.trust.Whole {
		return "not every connection was read whole yet"
	}
	sources, _ := r.survey.Sources(of)
	for _, d := range r.trust.Doubted {
		if sources[d.Source] || r.mayHave(of, d.Source) {
			return d.Source.Project + ": " + d.Why
		}
	}
	for _, name := range connectionsOf(r.sites) {
		if slices.Contains(r.scope.Connections, name) {
			continue
		}
		for source := range sources {
			if source.Connection == name {
				return name + " could not be read"
			}
		}
	}
	return ""
}

// mayHave reports whether items of a project may belong to a subject though
// none was counted.
func (r *round) mayHave(of survey.Subject, source backlog.Source) bool {
	if of.Kind == backlog.ConnectionSubject {
		return source.Connection == of.ID
	}
	for _, t := range r.settings.Organisation.Teams {
		mine := of.Kind == backlog.TeamSubject && t.Name == of.ID || of.Kind != backlog.TeamSubject && t.Train == of.Train.Name
		if mine && t.MayHave(source) {
			return true
		}
	}
	return false
}
