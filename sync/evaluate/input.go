package evaluate

import (
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// input is what the policies see of an item: itself, its neighbours one hop
// away, where it belongs, and the parameters that hold there.
func (j *judge) input(f *backlog.Family, at place) engine.Input {
	in := engine.Input{
		Today: j.calendar.today, Level: f.Level, Subject: j.subject(&f.Item, at), Text: text(f.Text), Facts: j.facts(f),
		Team:      engine.Team{Name: at.team, Train: at.train},
		Train:     engine.Train{Name: at.train},
		Increment: increment(at.increment), Known: j.known,
		Settings: j.rules.at(f.Level, &at).settings,
	}
	in.Subject.State.Since = j.calendar.day(entered(f))
	if j.reads[f.Level].Wording {
		in.Text.Story = engine.Story(j.stories.Read(f.Text.Sentence, f.Text.Criteria))
	}
	timed := j.reads[f.Level].Timing
	if timed {
		j.timing(&in, &f.Item, &at)
	}
	in.Parent, in.ParentRef = j.parent(f, timed)
	for i := range f.Children {
		in.Children = append(in.Children, j.summary(&f.Children[i], timed))
	}
	for _, link := range f.Linked {
		l := engine.Link{Type: link.Type, Direction: link.Direction}
		if link.Item != nil {
			s := j.summary(link.Item, timed)
			l.Item = &s
		}
		in.Links = append(in.Links, l)
	}
	return in
}

func (j *judge) subject(item *backlog.Item, at place) engine.Subject {
	s := engine.Subject{
		Kind: backlog.ItemSubject, ID: item.ID.String(), Key: item.Key, URL: item.URL, Title: item.Title,
		Type: item.Type, ItemKind: item.Kind,
		State:  engine.State{Category: item.State.Category, Native: item.State.Native, Since: j.calendar.day(item.State.Since)},
		Points: item.Points, Priority: item.Priority, Rank: item.Rank,
		WSJF:  engine.WSJF(item.WSJF),
		Theme: at.theme, Persona: item.Persona, Labels: item.Labels,
		Components: item.Components, Area: item.Area, Filled: item.Filled.Words(),
		Created: j.calendar.day(item.Created), Changed: j.calendar.day(item.Changed), Due: item.Due, Custom: item.Custom,
	}
	if item.Assignee != nil {
		s.Assignee = item.Assignee.ID
	}
	return s
}

func text(t backlog.Text) engine.Text {
	return engine.Text{
		Criteria: t.Criteria, Role: t.Role, Means: t.Means, Ends: t.Ends,
		Hypothesis: t.Hypothesis, Measure: t.Measure, Truncated: t.Truncated,
		Headings: t.Headings, Words: t.Words,
	}
}

func (j *judge) facts(f *backlog.Family) engine.Facts {
	active := f.State.Category == backlog.InProgress
	facts := engine.Facts{
		AgeDays: j.calendar.since(f.Created), IdleDays: j.calendar.since(f.Activity), LastActivity: j.calendar.day(f.Activity),
		NotDone: f.State.Category.NotDone(), Active: active, Cycle: f.Cycle, ChildrenKnown: j.trust.childrenKnown(sourceOf(&f.Stored)),
	}
	facts.Committed = facts.NotDone && (active || slices.ContainsFunc(f.Iterations, func(it backlog.Iteration) bool { return it.Running(j.calendar.end) }))
	if since := entered(f); !since.IsZero() {
		days := j.calendar.since(since)
		facts.StateDays = &days
	}
	if h := f.History; h != nil {
		facts.Reopened, facts.CarriedOver, facts.DueMoved = &h.Reopened, &h.CarriedOver, &h.DueMoved
	}
	return facts
}

// entered is when the item came into its state: as the tracker says, or else
// as its past tells. Zero when neither does.
func entered(f *backlog.Family) time.Time {
	if f.State.Since.IsZero() && f.History != nil {
		return f.History.StateSince
	}
	return f.State.Since
}

func (j *judge) parent(f *backlog.Family, timed bool) (*engine.Summary, engine.ParentRef) {
	switch {
	case f.Parent != nil:
		s := j.summary(f.Parent, timed)
		return &s, engine.ParentKnown
	case f.Item.Parent != nil:
		return nil, engine.ParentUnreadable
	default:
		return nil, engine.ParentNone
	}
}

func (j *judge) summary(item *backlog.Stored, timed bool) engine.Summary {
	at := j.place(item)
	s := engine.Summary{
		ID: item.ID.String(), Key: item.Key, URL: item.URL, Title: item.Title, Level: item.Level,
		State: engine.SummaryState{Category: item.State.Category, Native: item.State.Native},
		Team:  at.team, Increment: at.increment.Name, Theme: at.theme,
		Type: item.Type, ItemKind: item.Kind, Points: item.Points, Priority: item.Priority, Due: item.Due, Labels: item.Labels,
		IncrementStart: at.increment.Start, IncrementEnd: at.increment.End,
	}
	if timed {
		s.Iteration = j.iteration(item.Iterations)
	}
	return s
}
