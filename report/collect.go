package report

import (
	"context"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// builder collects from the store what the report's parts are made of. It
// keeps counts and short texts per item, never the items' texts.
type builder struct {
	Settings
	now   time.Time
	since time.Time // the beginning of the week that is reported
	rules map[string]Rule

	coverage []Data
	partial  []string
	groups   map[string]*sums // by team; "" is nobody's
	items    []entry
	byRef    map[string]int // address of an item → index in items
	owner    map[string]string
	policies map[string]*policySums
	tasks    []Task
	sets     []SetTask
	overlaps []Overlap
	digest   map[backlog.ItemID]bool // items that the report tells of in place of a comment
	exempt   map[int]int             // index of an exemption → how much it covers
}

// sums are the numbers of one team.
type sums struct {
	items                    int
	tally                    tally
	new, fixed, open, ageing int
	practices                map[string]*Practice
	verdicts                 map[string]*backlog.SnapshotRow
}

type policySums struct {
	Policy
	causes map[string]int
}

// entry is one open item, as much of it as features and readiness need.
type entry struct {
	id, key, title, url, team string
	level                     backlog.Level
	parent                    string // address
	iterations                []backlog.Iteration
	increment                 string
	risks                     []string
	failing                   bool
}

func newBuilder(s Settings, now time.Time) *builder {
	b := &builder{
		Settings: s, now: now, since: now.AddDate(0, 0, -7), rules: map[string]Rule{}, groups: map[string]*sums{},
		byRef: map[string]int{}, owner: map[string]string{}, policies: map[string]*policySums{}, exempt: map[int]int{},
	}
	for _, r := range s.Policies {
		b.rules[r.ID] = r
		b.policies[r.ID] = &policySums{
			Policy: Policy{ID: r.ID, Title: r.Title, Practice: r.Practice, Severity: r.Severity}, causes: map[string]int{},
		}
	}
	return b
}

func (b *builder) group(team string) *sums {
	g, ok := b.groups[team]
	if !ok {
		g = &sums{practices: map[string]*Practice{}, verdicts: map[string]*backlog.SnapshotRow{}}
		b.groups[team] = g
	}
	return g
}

// judgements counts the verdicts of every open item.
func (b *builder) judgements(ctx context.Context, source Source) error {
	return source.EachJudgement(ctx, func(subject backlog.Subject, item *backlog.Stored, j backlog.Judgement) error {
		if subject.Kind != backlog.ItemSubject {
			b.judgedSet(j)
		}
		if item == nil || !item.State.Category.NotDone() {
			return nil
		}
		team := b.place(subject, item)
		g := b.group(team)
		g.items++
		e := &b.items[len(b.items)-1]
		for _, o := range j.Outcomes {
			b.verdict(g, o, item, team)
			e.failing = e.failing || o.Verdict == backlog.Fail
		}
		return nil
	})
}

// place finds the item's team and enters the item.
func (b *builder) place(subject backlog.Subject, item *backlog.Stored) string {
	teams := b.Organisation.TeamsOf(item.Connection, item.Item)
	e := entry{
		id: subject.ID, key: plain(item.Key), title: plain(item.Title), url: item.URL, level: item.Level, iterations: item.Iterations,
	}
	if item.Parent != nil {
		e.parent = item.Parent.Address()
	}
	if len(teams) > 0 {
		e.team = teams[0].Name
		if train, ok := b.Organisation.TrainOf(teams[0]); ok {
			increment, _ := train.IncrementOf(item.Connection, item.Item)
			e.increment = increment.Name
		}
	}
	if len(teams) > 1 {
		overlap := Overlap{Key: item.Key, URL: item.URL}
		for _, t := range teams {
			overlap.Teams = append(overlap.Teams, t.Name)
		}
		b.overlaps = append(b.overlaps, overlap)
	}
	b.owner[subject.ID] = e.team
	for _, ref := range []backlog.Ref{{ID: item.ID}, {Key: item.Key}, {URL: item.URL}} {
		b.byRef[ref.Address()] = len(b.items)
	}
	b.items = append(b.items, e)
	return e.team
}

func (b *builder) verdict(g *sums, o backlog.PolicyOutcome, item *backlog.Stored, team string) {
	g.tally.add(o.Verdict, o.Severity, 1)
	row, ok := g.verdicts[o.Policy]
	if !ok {
		row = &backlog.SnapshotRow{Team: team, Policy: o.Policy, Severity: o.Severity}
		g.verdicts[o.Policy] = row
	}
	counts := &row.Counts
	p, known := b.policies[o.Policy]
	if !known {
		return
	}
	counts.Items++
	switch o.Verdict {
	case backlog.Pass:
		counts.Pass++
		p.Pass++
	case backlog.Fail:
		counts.Fail++
		p.Fail++
	case backlog.Skipped:
		counts.Skipped++
		p.Skipped++
		p.causes[o.Cause]++
	case backlog.Exempt:
		counts.Exempt++
		p.Exempt++
		b.covered(o.Policy, item, team)
	case backlog.Undecidable:
		counts.Unknown++
		p.Unknown++
		p.causes[o.Cause]++
	}
}

// told loads which items the report tells of in place of a comment.
func (b *builder) told(ctx context.Context, source Source) (err error) {
	b.digest, err = source.Digest(ctx, b.since)
	return err
}

// findings counts the open findings of open items.
func (b *builder) findings(ctx context.Context, source Source) error {
	return source.EachOpenFinding(ctx, func(f backlog.Finding, item *backlog.Stored) error {
		rule, known := b.rules[f.Policy]
		if known && f.Subject.Kind != backlog.ItemSubject {
			b.foundSet(f, rule)
		}
		team, placed := b.owner[f.Subject.ID]
		if !known || !placed || item == nil {
			return nil
		}
		g := b.group(team)
		practice := g.practice(rule.Practice)
		g.open++
		practice.Open++
		if f.Opened.After(b.since) {
			g.new++
			practice.New++
			b.policies[f.Policy].New++
		}
		if b.now.Sub(f.Opened) >= ageing {
			g.ageing++
			practice.Ageing++
		}
		b.risk(item, rule.Title)
		task := b.task(f, rule, item, team)
		task.digest = b.digest[item.ID] && f.Dismissed.IsZero()
		b.tasks = append(b.tasks, task)
		return nil
	})
}

func (b *builder) risk(item *backlog.Stored, title string) {
	i, ok := b.byRef[backlog.Ref{ID: item.ID}.Address()]
	if ok && !slices.Contains(b.items[i].risks, title) {
		b.items[i].risks = append(b.items[i].risks, title)
	}
}

func (b *builder) task(f backlog.Finding, rule Rule, item *backlog.Stored, team string) Task {
	return Task{
		Team: team, Key: plain(item.Key), Title: plain(item.Title), URL: item.URL, Policy: f.Policy, What: rule.Title,
		Remedy: rule.Remedy, Severity: f.Severity, Since: backlog.Day(f.Opened, b.Zone),
	}
}

// fixed counts what was closed during the week.
func (b *builder) fixed(ctx context.Context, source Source) error {
	closed, err := source.ClosedSince(ctx, b.since)
	if err != nil {
		return err
	}
	for _, f := range closed {
		rule, known := b.rules[f.Policy]
		if known && f.Subject.Kind != backlog.ItemSubject {
			b.policies[f.Policy].Fixed++
			continue
		}
		if !known {
			continue
		}
		g := b.group(b.owner[f.Subject.ID])
		g.fixed++
		g.practice(rule.Practice).Fixed++
		b.policies[f.Policy].Fixed++
	}
	return nil
}

func (s *sums) practice(name string) *Practice {
	p, ok := s.practices[name]
	if !ok {
		p = &Practice{Name: name}
		s.practices[name] = p
	}
	return p
}
