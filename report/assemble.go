package report

import (
	"cmp"
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// report puts the parts together.
func (b *builder) report(before []backlog.SnapshotRow, weeks int) Report {
	past := pastScores(before, b.rules)
	r := Report{
		Schema: schema, Week: week(b.now.In(b.Zone)), Since: backlog.Day(b.since, b.Zone), Today: backlog.Day(b.now, b.Zone),
		Made: b.now.UTC(), ScoreMeans: ScoreMeans, Partial: orEmpty(b.partial), Coverage: orEmpty(b.coverage),
		Exempt: b.exemptions(), Overlaps: orEmpty(b.overlaps),
	}
	b.order()
	r.First = firstOf(b.tasks, firstAll)
	r.Sets = b.setTasks()
	all := slices.Collect(maps.Keys(b.groups))
	r.All = b.total(all, past, weeks)
	if nobody, ok := b.groups[""]; ok {
		r.Nobody = nobody.items
	}
	r.Teams, r.Trains = []Team{}, []Train{}
	for _, t := range b.Organisation.Teams {
		r.Teams = append(r.Teams, b.team(t, past, weeks))
	}
	for _, t := range b.Organisation.Trains {
		r.Trains = append(r.Trains, b.train(t, past, weeks))
	}
	for _, rule := range b.Settings.Policies {
		r.Policies = append(r.Policies, b.policies[rule.ID].finish())
	}
	return r
}

// total adds up teams into one group.
func (b *builder) total(teams []string, past map[string]tally, weeks int) Group {
	var g Group
	var now, then tally
	known := false
	for _, team := range teams {
		s, ok := b.groups[team]
		if !ok {
			continue
		}
		g.Items += s.items
		g.New += s.new
		g.Fixed += s.fixed
		g.Open += s.open
		g.Ageing += s.ageing
		now.passed += s.tally.passed
		now.all += s.tally.all
		if t, ok := past[team]; ok {
			known = true
			then.passed += t.passed
			then.all += t.all
		}
	}
	g.Score, g.Judged = now.score(), now.all
	g.Colour = colour(g.Score, g.Items, weeks)
	if known {
		score := then.score()
		g.Before = &score
	}
	return g
}

func (b *builder) train(t backlog.Train, past map[string]tally, weeks int) Train {
	current, _ := t.Current(backlog.Day(b.now, b.Zone))
	train := Train{Name: t.Name, Increment: current.Name, Teams: []string{}}
	for _, team := range b.Organisation.Teams {
		if team.Train == t.Name {
			train.Teams = append(train.Teams, team.Name)
		}
	}
	train.Group = b.total(train.Teams, past, weeks)
	return train
}

func (b *builder) team(t backlog.Team, past map[string]tally, weeks int) Team {
	team := Team{Name: t.Name, Train: t.Train, Practices: []Practice{}, Group: b.total([]string{t.Name}, past, weeks)}
	if train, ok := b.Organisation.TrainOf(t); ok {
		current, _ := train.Current(backlog.Day(b.now, b.Zone))
		team.Increment = current.Name
	}
	team.First = firstOf(slices.DeleteFunc(slices.Clone(b.tasks), func(task Task) bool { return task.Team != t.Name }), firstFew)
	team.Digest = b.digestOf(t.Name)
	team.Next, team.Features = b.next(t.Name), b.features(t.Name)
	if g, ok := b.groups[t.Name]; ok {
		for _, name := range slices.Sorted(maps.Keys(g.practices)) {
			team.Practices = append(team.Practices, *g.practices[name])
		}
	}
	return team
}

// digestOf lists what is open on the team's items that got no comment of their
// own, the weightiest first.
func (b *builder) digestOf(team string) []Task {
	told := []Task{}
	for _, t := range b.tasks {
		if t.digest && t.Team == team {
			told = append(told, t)
		}
	}
	return told
}

// next counts the readiness of the stories in the team's next iteration.
func (b *builder) next(team string) *Readiness {
	var all []backlog.Iteration
	for _, e := range b.items {
		if e.team == team {
			all = append(all, e.iterations...)
		}
	}
	var r *Readiness
	for _, e := range b.items {
		if e.team != team || e.level != backlog.Story {
			continue
		}
		for _, it := range e.iterations {
			if !it.Next(all, b.now) {
				continue
			}
			if r == nil {
				r = &Readiness{Iteration: it.Name}
			}
			r.Stories++
			if !e.failing {
				r.Ready++
			}
		}
	}
	return r
}

// features lists the features that the team's open stories belong to, in
// whichever tracker they are.
func (b *builder) features(team string) []Feature {
	index := map[int]*Feature{}
	for _, e := range b.items {
		i, known := b.byRef[e.parent]
		if e.team != team || e.level != backlog.Story || !known || b.items[i].level != backlog.Feature {
			continue
		}
		f, ok := index[i]
		if !ok {
			parent := b.items[i]
			f = &Feature{Key: parent.key, Title: parent.title, URL: parent.url, Risks: orEmpty(parent.risks)}
			index[i] = f
		}
		f.Stories++
		if !e.failing {
			f.Ready++
		}
	}
	features := []Feature{}
	for _, i := range slices.Sorted(maps.Keys(index)) {
		features = append(features, *index[i])
	}
	return features
}

// order puts what to do first on top: errors, then what is open longest.
func (b *builder) order() {
	slices.SortStableFunc(b.tasks, func(x, y Task) int {
		return cmp.Or(
			cmp.Compare(weight(y.Severity), weight(x.Severity)),
			cmp.Compare(x.Since, y.Since), cmp.Compare(x.Policy, y.Policy), cmp.Compare(x.Key, y.Key),
		)
	})
}

// firstOf takes the first tasks, one per policy in turn, so that one noisy
// policy does not fill the list.
func firstOf(tasks []Task, n int) []Task {
	first := []Task{}
	taken := map[int]bool{}
	for round := 0; len(first) < n && len(taken) < len(tasks); round++ {
		seen := map[string]bool{}
		for i, t := range tasks {
			if !taken[i] && !seen[t.Policy] && len(first) < n {
				first = append(first, t)
				taken[i], seen[t.Policy] = true, true
			}
		}
	}
	return first
}

func (p *policySums) finish() Policy {
	p.Why = []Cause{}
	for _, text := range slices.Sorted(maps.Keys(p.causes)) {
		p.Why = append(p.Why, Cause{Text: text, Count: p.causes[text]})
	}
	return p.Policy
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
