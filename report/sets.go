package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// SetTask is what a team, train, increment or connection as a whole asks for.
type SetTask struct {
	Kind     backlog.SubjectKind `json:"kind"`
	Name     string              `json:"name"`
	Policy   string              `json:"policy"`
	What     string              `json:"what"` // the policy's title
	Now      string              `json:"now"`  // what was found
	Remedy   string              `json:"remedy"`
	Severity backlog.Severity    `json:"severity"`
	Since    string              `json:"since"`
}

// Title names whom it is about: "team Checkout".
func (t SetTask) Title() string { return string(t.Kind) + " " + t.Name }

// judgedSet counts what policies said of a subject that is no item.
func (b *builder) judgedSet(j backlog.Judgement) {
	for _, o := range j.Outcomes {
		p, known := b.policies[o.Policy]
		if !known {
			continue
		}
		switch o.Verdict {
		case backlog.Pass:
			p.Pass++
		case backlog.Fail:
			p.Fail++
		case backlog.Skipped:
			p.Skipped++
			p.causes[o.Cause]++
		case backlog.Exempt:
			p.Exempt++
		case backlog.Undecidable:
			p.Unknown++
			p.causes[o.Cause]++
		}
	}
}

// foundSet notes an open finding on a subject that is no item.
func (b *builder) foundSet(f backlog.Finding, rule Rule) {
	if f.Opened.After(b.since) {
		b.policies[f.Policy].New++
	}
	b.sets = append(b.sets, SetTask{
		Kind: f.Subject.Kind, Name: plain(f.Subject.ID), Policy: f.Policy, What: rule.Title, Now: plain(f.Message), Remedy: rule.Remedy,
		Severity: f.Severity, Since: backlog.Day(f.Opened, b.Zone),
	})
}

// setTasks are those of trains, increments, connections and teams, in this
// order, the weightiest first.
func (b *builder) setTasks() []SetTask {
	order := []backlog.SubjectKind{backlog.TrainSubject, backlog.IncrementSubject, backlog.ConnectionSubject, backlog.TeamSubject}
	slices.SortStableFunc(b.sets, func(x, y SetTask) int {
		return cmp.Or(
			cmp.Compare(slices.Index(order, x.Kind), slices.Index(order, y.Kind)), strings.Compare(x.Name, y.Name),
			cmp.Compare(weight(y.Severity), weight(x.Severity)), strings.Compare(x.Policy, y.Policy), strings.Compare(x.Now, y.Now),
		)
	})
	return orEmpty(b.sets)
}

func (b *builder) trainOf(team string) string {
	for _, t := range b.Organisation.Teams {
		if t.Name == team {
			return t.Train
		}
	}
	return ""
}
