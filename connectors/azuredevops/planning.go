package azuredevops

import (
	"fmt"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// plan reads who does it, when, and in which order.
func (r reader) plan(i *backlog.Item, w workItem, p *project) {
	if ref, ok := r.first(w, backlog.FieldAssignee); ok {
		i.Assignee = identityOf(w.field(ref)).pointer()
	}
	if path := w.text("System.IterationPath"); path != "" && !strings.EqualFold(path, p.Name) { // the root is no iteration
		i.Iterations = []backlog.Iteration{p.iteration(path, w.text("System.IterationId"))}
	}
	if ref, ok := r.first(w, backlog.FieldDue); ok {
		i.Due = w.day(ref)
	}
	if ref, ok := r.first(w, backlog.FieldRank); ok {
		i.Rank = rank(w.number(ref))
	}
	i.Priority = r.word(w, backlog.FieldPriority)
	i.Theme, i.Persona = r.word(w, backlog.FieldTheme), r.word(w, backlog.FieldPersona)
	i.Components = r.words(w, backlog.FieldComponent)
	i.Versions = r.words(w, backlog.FieldVersion)
}

// iteration finds the dates of an iteration. One that is not known yet has
// none.
func (p *project) iteration(path, id string) backlog.Iteration {
	if known, ok := p.iterations[strings.ToLower(path)]; ok {
		return known
	}
	if id == "" {
		id = path
	}
	return backlog.Iteration{ID: id, Name: path[strings.LastIndex(path, `\`)+1:], Path: path}
}

func (r reader) numbers(i *backlog.Item, w workItem) {
	i.Points = r.number(w, backlog.FieldPoints)
	i.WSJF = backlog.WSJF{
		Value: r.number(w, backlog.FieldValue), Criticality: r.number(w, backlog.FieldCriticality),
		Risk: r.number(w, backlog.FieldRisk), Size: r.number(w, backlog.FieldSize),
	}
}

// first finds the first filled field that holds a known one.
func (r reader) first(w workItem, f backlog.Field) (string, bool) {
	for _, ref := range r.mapping.known[f] {
		if w.text(ref) != "" {
			return ref, true
		}
	}
	return "", false
}

func (r reader) word(w workItem, f backlog.Field) string {
	if ref, ok := r.first(w, f); ok {
		return w.text(ref)
	}
	return ""
}

// words reads a field that may hold several values, as multi-value controls
// keep them: separated by semicolons.
func (r reader) words(w workItem, f backlog.Field) []string { return tags(r.word(w, f)) }

func (r reader) number(w workItem, f backlog.Field) *float64 {
	for _, ref := range r.mapping.known[f] {
		if n := w.number(ref); n != nil {
			return n
		}
	}
	return nil
}

// rank writes an order as text that compares like the number.
func rank(order *float64) string {
	switch {
	case order == nil:
		return ""
	case *order < 0:
		return fmt.Sprintf("-%020.4f", 1e13+*order)
	}
	return fmt.Sprintf("%020.4f", *order)
}
