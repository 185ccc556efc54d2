package engine

import (
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
)

// The document, object by object, in the words and order of
// policies/input.schema.json.

func inputFields() []field[Input] {
	return []field[Input]{
		leaf("schema", func(*Input) *ast.Term { return number(InputSchema) }),
		leaf("today", func(in *Input) *ast.Term { return text(in.Today) }),
		leaf("level", func(in *Input) *ast.Term { return text(in.Level) }),
		branch("subject", subjectFields(), func(in *Input) *Input { return in }),
		branch("text", textFields(), func(in *Input) *Text { return &in.Text }),
		branch("facts", factsFields(), func(in *Input) *Facts { return &in.Facts }),
		branch("parent", summaryFields(), func(in *Input) *Summary { return in.Parent }),
		leaf("parent_ref", func(in *Input) *ast.Term { return text(in.ParentRef) }),
		branches("children", summaryFields(), func(in *Input) []Summary { return in.Children }),
		branches("links", linkFields(), func(in *Input) []Link { return in.Links }),
		repeated("team", teamFields(), func(in *Input) *Team { return &in.Team }),
		repeated("train", trainFields(), func(in *Input) *Train { return &in.Train }),
		repeated("increment", incrementFields(), func(in *Input) *Increment { return &in.Increment }),
		leaf("set", func(in *Input) *ast.Term { return in.Set.term() }),
		leaf("settings", func(in *Input) *ast.Term { return in.Settings.object() }),
		{"known", func(r *reads) builder[Input] { return kept(object(knownFields(), r)) }},
	}
}

// subjectFields start from the whole input, which knows the level.
func subjectFields() []field[Input] {
	return []field[Input]{
		leaf("kind", func(in *Input) *ast.Term { return text(in.Subject.Kind) }),
		leaf("id", func(in *Input) *ast.Term { return text(in.Subject.ID) }),
		leaf("key", func(in *Input) *ast.Term { return text(in.Subject.Key) }),
		leaf("url", func(in *Input) *ast.Term { return text(in.Subject.URL) }),
		leaf("title", func(in *Input) *ast.Term { return text(in.Subject.Title) }),
		leaf("type", func(in *Input) *ast.Term { return text(in.Subject.Type) }),
		leaf("level", func(in *Input) *ast.Term {
			if in.Subject.Kind != backlog.ItemSubject {
				return nil
			}
			return text(in.Level)
		}),
		leaf("item_kind", func(in *Input) *ast.Term { return text(in.Subject.ItemKind) }),
		repeated("state", stateFields(), func(in *Input) *State { return &in.Subject.State }),
		leaf("points", func(in *Input) *ast.Term { return float(in.Subject.Points) }),
		leaf("priority", func(in *Input) *ast.Term { return text(in.Subject.Priority) }),
		leaf("rank", func(in *Input) *ast.Term { return text(in.Subject.Rank) }),
		branch("wsjf", wsjfFields(), func(in *Input) *WSJF { return &in.Subject.WSJF }),
		leaf("theme", func(in *Input) *ast.Term { return text(in.Subject.Theme) }),
		leaf("persona", func(in *Input) *ast.Term { return text(in.Subject.Persona) }),
		leaf("assignee", func(in *Input) *ast.Term { return text(in.Subject.Assignee) }),
		leaf("labels", func(in *Input) *ast.Term { return texts(in.Subject.Labels) }),
		leaf("components", func(in *Input) *ast.Term { return texts(in.Subject.Components) }),
		leaf("area", func(in *Input) *ast.Term { return text(in.Subject.Area) }),
		repeated("iteration", iterationFields(), func(in *Input) *Iteration { return &in.Subject.Iteration }),
		leaf("filled", func(in *Input) *ast.Term { return texts(in.Subject.Filled) }),
		leaf("created", func(in *Input) *ast.Term { return text(in.Subject.Created) }),
		leaf("changed", func(in *Input) *ast.Term { return text(in.Subject.Changed) }),
		leaf("due", func(in *Input) *ast.Term { return text(in.Subject.Due) }),
		leaf("custom", func(in *Input) *ast.Term { return custom(in.Subject.Custom) }),
	}
}

func iterationFields() []field[Iteration] {
	return []field[Iteration]{
		leaf("name", func(i *Iteration) *ast.Term { return text(i.Name) }),
		leaf("state", func(i *Iteration) *ast.Term { return text(i.State) }),
		leaf("start", func(i *Iteration) *ast.Term { return text(i.Start) }),
		leaf("end", func(i *Iteration) *ast.Term { return text(i.End) }),
	}
}

// kept builds what the organisation knows once: it is the same lists for every
// subject of a run.
func kept(build builder[Known]) builder[Input] {
	type made struct {
		of   Known
		term *ast.Term
	}
	var last atomic.Pointer[made]
	return func(in *Input) *ast.Term {
		if m := last.Load(); m != nil && m.of.is(&in.Known) {
			return m.term
		}
		m := &made{of: in.Known, term: build(&in.Known)}
		last.Store(m)
		return m.term
	}
}

// is reports whether two have the very same lists.
func (k *Known) is(other *Known) bool {
	same := func(a, b []string) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }
	return same(k.Teams, other.Teams) && same(k.Personas, other.Personas) && same(k.Themes, other.Themes)
}

func knownFields() []field[Known] {
	return []field[Known]{
		leaf("teams", func(k *Known) *ast.Term { return texts(k.Teams) }),
		leaf("personas", func(k *Known) *ast.Term { return texts(k.Personas) }),
		leaf("themes", func(k *Known) *ast.Term { return texts(k.Themes) }),
	}
}

func stateFields() []field[State] {
	return []field[State]{
		leaf("category", func(s *State) *ast.Term { return text(s.Category) }),
		leaf("native", func(s *State) *ast.Term { return text(s.Native) }),
		leaf("since", func(s *State) *ast.Term { return text(s.Since) }),
	}
}

func wsjfFields() []field[WSJF] {
	return []field[WSJF]{
		leaf("value", func(w *WSJF) *ast.Term { return float(w.Value) }),
		leaf("criticality", func(w *WSJF) *ast.Term { return float(w.Criticality) }),
		leaf("risk", func(w *WSJF) *ast.Term { return float(w.Risk) }),
		leaf("size", func(w *WSJF) *ast.Term { return float(w.Size) }),
	}
}

func textFields() []field[Text] {
	return []field[Text]{
		leaf("criteria", func(t *Text) *ast.Term { return texts(t.Criteria) }),
		leaf("role", func(t *Text) *ast.Term { return text(t.Role) }),
		leaf("means", func(t *Text) *ast.Term { return text(t.Means) }),
		leaf("ends", func(t *Text) *ast.Term { return text(t.Ends) }),
		leaf("hypothesis", func(t *Text) *ast.Term { return text(t.Hypothesis) }),
		leaf("measure", func(t *Text) *ast.Term { return text(t.Measure) }),
		leaf("truncated", func(t *Text) *ast.Term { return flag(t.Truncated) }),
		leaf("headings", func(t *Text) *ast.Term { return texts(t.Headings) }),
		leaf("words", func(t *Text) *ast.Term { return number(t.Words) }),
		branch("story", storyFields(), func(t *Text) *Story { return &t.Story }),
	}
}

func storyFields() []field[Story] {
	return []field[Story]{
		leaf("language", func(s *Story) *ast.Term { return text(s.Language) }),
		leaf("sentence", func(s *Story) *ast.Term { return text(s.Sentence) }),
		leaf("words", func(s *Story) *ast.Term { return number(s.Words) }),
		leaf("conjunctions", func(s *Story) *ast.Term { return texts(s.Conjunctions) }),
		leaf("vague", func(s *Story) *ast.Term { return texts(s.Vague) }),
		leaf("repeated", func(s *Story) *ast.Term { return texts(s.Repeated) }),
		leaf("brackets", func(s *Story) *ast.Term { return flag(s.Brackets) }),
		leaf("extra", func(s *Story) *ast.Term { return text(s.Extra) }),
		leaf("generic_role", func(s *Story) *ast.Term { return flag(s.GenericRole) }),
		leaf("reading_ease", func(s *Story) *ast.Term { return float(s.ReadingEase) }),
		leaf("missing", func(s *Story) *ast.Term { return texts(s.Missing) }),
		leaf("vague_criteria", func(s *Story) *ast.Term { return texts(s.VagueCriteria) }),
	}
}

func factsFields() []field[Facts] {
	return []field[Facts]{
		leaf("age_days", func(f *Facts) *ast.Term { return number(f.AgeDays) }),
		leaf("idle_days", func(f *Facts) *ast.Term { return number(f.IdleDays) }),
		leaf("state_days", func(f *Facts) *ast.Term { return perhaps(f.StateDays) }),
		leaf("last_activity", func(f *Facts) *ast.Term { return text(f.LastActivity) }),
		leaf("not_done", func(f *Facts) *ast.Term { return flag(f.NotDone) }),
		leaf("active", func(f *Facts) *ast.Term { return flag(f.Active) }),
		leaf("committed", func(f *Facts) *ast.Term { return flag(f.Committed) }),
		leaf("cycle", func(f *Facts) *ast.Term { return texts(f.Cycle) }),
		leaf("children_known", func(f *Facts) *ast.Term { return flag(f.ChildrenKnown) }),
		leaf("reopened", func(f *Facts) *ast.Term { return perhaps(f.Reopened) }),
		leaf("carried_over", func(f *Facts) *ast.Term { return perhaps(f.CarriedOver) }),
		leaf("due_moved", func(f *Facts) *ast.Term { return perhaps(f.DueMoved) }),
		leaf("due_in_days", func(f *Facts) *ast.Term { return perhaps(f.DueIn) }),
		leaf("increment_in_days", func(f *Facts) *ast.Term { return perhaps(f.IncrementIn) }),
		leaf("iteration_in_days", func(f *Facts) *ast.Term { return perhaps(f.IterationIn) }),
	}
}

// perhaps is a number that may not be known: nothing then.
func perhaps(n *int) *ast.Term {
	if n == nil {
		return nil
	}
	return number(*n)
}

func summaryFields() []field[Summary] {
	return []field[Summary]{
		leaf("id", func(s *Summary) *ast.Term { return text(s.ID) }),
		leaf("key", func(s *Summary) *ast.Term { return text(s.Key) }),
		leaf("url", func(s *Summary) *ast.Term { return text(s.URL) }),
		leaf("title", func(s *Summary) *ast.Term { return text(s.Title) }),
		leaf("level", func(s *Summary) *ast.Term { return text(s.Level) }),
		repeated("state", summaryStateFields(), func(s *Summary) *SummaryState { return &s.State }),
		leaf("team", func(s *Summary) *ast.Term { return text(s.Team) }),
		leaf("increment", func(s *Summary) *ast.Term { return text(s.Increment) }),
		leaf("theme", func(s *Summary) *ast.Term { return text(s.Theme) }),
		leaf("type", func(s *Summary) *ast.Term { return text(s.Type) }),
		leaf("item_kind", func(s *Summary) *ast.Term { return text(s.ItemKind) }),
		leaf("points", func(s *Summary) *ast.Term { return float(s.Points) }),
		leaf("priority", func(s *Summary) *ast.Term { return text(s.Priority) }),
		leaf("due", func(s *Summary) *ast.Term { return text(s.Due) }),
		leaf("labels", func(s *Summary) *ast.Term { return texts(s.Labels) }),
		repeated("iteration", iterationFields(), func(s *Summary) *Iteration { return &s.Iteration }),
		leaf("increment_start", func(s *Summary) *ast.Term { return text(s.IncrementStart) }),
		leaf("increment_end", func(s *Summary) *ast.Term { return text(s.IncrementEnd) }),
	}
}

func summaryStateFields() []field[SummaryState] {
	return []field[SummaryState]{
		leaf("category", func(s *SummaryState) *ast.Term { return text(s.Category) }),
		leaf("native", func(s *SummaryState) *ast.Term { return text(s.Native) }),
	}
}

func linkFields() []field[Link] {
	return []field[Link]{
		leaf("type", func(l *Link) *ast.Term { return text(l.Type) }),
		leaf("direction", func(l *Link) *ast.Term { return text(l.Direction) }),
		branch("item", summaryFields(), func(l *Link) *Summary { return l.Item }),
	}
}

func teamFields() []field[Team] {
	return []field[Team]{
		leaf("name", func(t *Team) *ast.Term { return text(t.Name) }),
		leaf("train", func(t *Team) *ast.Term { return text(t.Train) }),
	}
}

func trainFields() []field[Train] {
	return []field[Train]{
		leaf("name", func(t *Train) *ast.Term { return text(t.Name) }),
		branch("current", incrementFields(), func(t *Train) *Increment { return &t.Current }),
		branch("next", incrementFields(), func(t *Train) *Increment { return &t.Next }),
	}
}

func incrementFields() []field[Increment] {
	return []field[Increment]{
		leaf("name", func(i *Increment) *ast.Term { return text(i.Name) }),
		leaf("start", func(i *Increment) *ast.Term { return text(i.Start) }),
		leaf("end", func(i *Increment) *ast.Term { return text(i.End) }),
	}
}
