package engine

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
)

// shape is the keys of an object of the input document, made once. Reflection
// or JSON would cost as much as judging does.
type shape []*ast.Term

func keys(names ...string) shape {
	s := make(shape, len(names))
	for i, name := range names {
		s[i] = ast.StringTerm(name)
	}
	return s
}

// of builds the object from its values in the order of the keys; nil leaves a
// key out.
func (s shape) of(values ...*ast.Term) *ast.Term {
	object := ast.NewObjectWithCapacity(len(s))
	for i, value := range values {
		if value != nil {
			object.Insert(s[i], value)
		}
	}
	return ast.NewTerm(object)
}

var (
	inputShape = keys("schema", "today", "level", "subject", "text", "facts", "parent", "parent_ref", "children",
		"links", "team", "train", "increment", "settings")
	subjectShape = keys("kind", "id", "key", "url", "title", "type", "level", "item_kind", "state", "points",
		"priority", "rank", "wsjf", "theme", "persona", "assignee", "labels", "created", "changed", "due", "custom")
	stateShape = keys("category", "native", "since")
	wsjfShape  = keys("value", "criticality", "risk", "size")
	textShape  = keys("criteria", "role", "means", "ends", "hypothesis", "measure", "truncated")
	factsShape = keys("age_days", "idle_days", "state_days", "last_activity", "not_done", "active", "committed",
		"cycle", "children_known")
	summaryShape   = keys("id", "key", "url", "title", "level", "state", "team", "increment", "theme")
	linkShape      = keys("type", "direction", "item")
	teamShape      = keys("name", "train")
	trainShape     = keys("name")
	incrementShape = keys("name", "start", "end")
)

// term is the document that policies see.
func (in Input) term() *ast.Term {
	return inputShape.of(
		number(InputSchema), text(in.Today), text(in.Level), in.Subject.term(in.Level), in.Text.term(), in.Facts.term(),
		in.Parent.term(), text(in.ParentRef), list(in.Children, func(s Summary) *ast.Term { return s.term() }),
		list(in.Links, Link.term), teamShape.of(text(in.Team.Name), text(in.Team.Train)),
		trainShape.of(text(in.Train.Name)),
		incrementShape.of(text(in.Increment.Name), text(in.Increment.Start), text(in.Increment.End)),
		in.Settings.object(),
	)
}

func (s Subject) term(level backlog.Level) *ast.Term {
	var itemLevel *ast.Term
	if s.Kind == backlog.ItemSubject {
		itemLevel = text(level)
	}
	return subjectShape.of(
		text(s.Kind), text(s.ID), text(s.Key), text(s.URL), text(s.Title), text(s.Type), itemLevel, text(s.ItemKind),
		stateShape.of(text(s.State.Category), text(s.State.Native), text(s.State.Since)),
		float(s.Points), text(s.Priority), text(s.Rank),
		wsjfShape.of(float(s.WSJF.Value), float(s.WSJF.Criticality), float(s.WSJF.Risk), float(s.WSJF.Size)),
		text(s.Theme), text(s.Persona), text(s.Assignee), list(s.Labels, text[string]),
		text(s.Created), text(s.Changed), text(s.Due), custom(s.Custom),
	)
}

func (t Text) term() *ast.Term {
	return textShape.of(list(t.Criteria, text[string]), text(t.Role), text(t.Means), text(t.Ends),
		text(t.Hypothesis), text(t.Measure), flag(t.Truncated))
}

func (f Facts) term() *ast.Term {
	var stateDays *ast.Term
	if f.StateDays != nil {
		stateDays = number(*f.StateDays)
	}
	return factsShape.of(number(f.AgeDays), number(f.IdleDays), stateDays, text(f.LastActivity), flag(f.NotDone),
		flag(f.Active), flag(f.Committed), list(f.Cycle, text[string]), flag(f.ChildrenKnown))
}

func (s *Summary) term() *ast.Term {
	if s == nil {
		return ast.InternedNullTerm
	}
	return summaryShape.of(text(s.ID), text(s.Key), text(s.URL), text(s.Title), text(s.Level),
		stateShape.of(text(s.State.Category), text(s.State.Native)), text(s.Team), text(s.Increment), text(s.Theme))
}

func (l Link) term() *ast.Term { return linkShape.of(text(l.Type), text(l.Direction), l.Item.term()) }

// text caps what it is given, wherever it comes from: no builtin ever sees
// more.
func text[T ~string](s T) *ast.Term {
	if len(s) > backlog.MaxText {
		return ast.StringTerm(strings.ToValidUTF8(string(s[:backlog.MaxText]), ""))
	}
	if s == "" {
		return ast.InternedEmptyString
	}
	return ast.StringTerm(string(s))
}

func number(n int) *ast.Term { return ast.InternedTerm(n) }

func flag(b bool) *ast.Term { return ast.InternedTerm(b) }

func float(f *float64) *ast.Term {
	if f == nil {
		return nil
	}
	return ast.FloatNumberTerm(*f)
}

func list[T any](values []T, term func(T) *ast.Term) *ast.Term {
	if len(values) == 0 {
		return ast.InternedEmptyArray
	}
	terms := make([]*ast.Term, len(values))
	for i, v := range values {
		terms[i] = term(v)
	}
	return ast.ArrayTerm(terms...)
}
