package engine

import (
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
		branch("team", teamFields(), func(in *Input) *Team { return &in.Team }),
		branch("train", trainFields(), func(in *Input) *Train { return &in.Train }),
		branch("increment", incrementFields(), func(in *Input) *Increment { return &in.Increment }),
		leaf("settings", func(in *Input) *ast.Term { return in.Settings.object() }),
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
		branch("state", stateFields(), func(in *Input) *State { return &in.Subject.State }),
		leaf("points", func(in *Input) *ast.Term { return float(in.Subject.Points) }),
		leaf("priority", func(in *Input) *ast.Term { return text(in.Subject.Priority) }),
		leaf("rank", func(in *Input) *ast.Term { return text(in.Subject.Rank) }),
		branch("wsjf", wsjfFields(), func(in *Input) *WSJF { return &in.Subject.WSJF }),
		leaf("theme", func(in *Input) *ast.Term { return text(in.Subject.Theme) }),
		leaf("persona", func(in *Input) *ast.Term { return text(in.Subject.Persona) }),
		leaf("assignee", func(in *Input) *ast.Term { return text(in.Subject.Assignee) }),
		leaf("labels", func(in *Input) *ast.Term { return texts(in.Subject.Labels) }),
		leaf("created", func(in *Input) *ast.Term { return text(in.Subject.Created) }),
		leaf("changed", func(in *Input) *ast.Term { return text(in.Subject.Changed) }),
		leaf("due", func(in *Input) *ast.Term { return text(in.Subject.Due) }),
		leaf("custom", func(in *Input) *ast.Term { return custom(in.Subject.Custom) }),
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
		branch("state", summaryStateFields(), func(s *Summary) *SummaryState { return &s.State }),
		leaf("team", func(s *Summary) *ast.Term { return text(s.Team) }),
		leaf("increment", func(s *Summary) *ast.Term { return text(s.Increment) }),
		leaf("theme", func(s *Summary) *ast.Term { return text(s.Theme) }),
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
	return []field[Train]{leaf("name", func(t *Train) *ast.Term { return text(t.Name) })}
}

func incrementFields() []field[Increment] {
	return []field[Increment]{
		leaf("name", func(i *Increment) *ast.Term { return text(i.Name) }),
		leaf("start", func(i *Increment) *ast.Term { return text(i.Start) }),
		leaf("end", func(i *Increment) *ast.Term { return text(i.End) }),
	}
}
