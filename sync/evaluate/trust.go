package evaluate

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// trust is how far the data may be believed. It is kept between runs, because
// a change of it is a change of what policies see: the items of a project that
// falls into doubt or comes out of it are judged again, and so are those that
// may have children there.
type trust struct {
	Whole   bool      // every connection has been seen whole once
	Doubted []doubted // sorted by their source
	// Suspended are fields that cannot be trusted on a type.
	Suspended []backlog.Suspension `json:",omitempty"`
}

// doubted is a project of which we may not have everything.
type doubted struct {
	Source  backlog.Source
	Why     string
	Parents []backlog.Source // projects whose items are known to have children in it
}

// doubt says why a project's data is in doubt; empty when it is not.
func (t trust) doubt(source backlog.Source) string {
	for _, d := range t.Doubted {
		if d.Source == source {
			return d.Why
		}
	}
	return ""
}

// childrenKnown reports whether an item of a project can have no children but
// those that are stored. They may lie in its own project and in any whose items
// have named parents in it.
func (t trust) childrenKnown(source backlog.Source) bool {
	return t.Whole && !slices.ContainsFunc(t.Doubted, func(d doubted) bool {
		return d.Source == source || slices.Contains(d.Parents, source)
	})
}

const trustKey = "evaluate/trust"

// trust works out what can be believed now, and makes dirty what could be
// judged otherwise than when it was worked out last.
func (e *Evaluator) trust(ctx context.Context, scope Scope) (trust, error) {
	var before trust
	if _, err := remembered(ctx, e.Store, trustKey, &before); err != nil {
		return trust{}, fmt.Errorf("load trust: %w", err)
	}
	now, err := e.believe(ctx, before, scope)
	if err != nil || version(before) == version(now) {
		return now, err
	}
	if err := e.distrust(ctx, before, now); err != nil {
		return trust{}, fmt.Errorf("mark what is in doubt: %w", err)
	}
	if err := remember(ctx, e.Store, trustKey, now); err != nil {
		return trust{}, fmt.Errorf("save trust: %w", err)
	}
	return now, nil
}

// believe takes over what the scope says. Of a connection that was not pulled
// nothing new is known: what was in doubt stays so.
func (e *Evaluator) believe(ctx context.Context, before trust, scope Scope) (trust, error) {
	now := trust{Whole: scope.Whole, Suspended: scope.Suspended}
	why := maps.Clone(scope.Doubt)
	if why == nil {
		why = map[backlog.Source]string{}
	}
	for _, d := range before.Doubted {
		if !slices.Contains(scope.Connections, d.Source.Connection) && why[d.Source] == "" {
			why[d.Source] = d.Why
		}
	}
	for source, reason := range why {
		parents, err := e.Store.ParentProjects(ctx, source)
		if err != nil {
			return trust{}, fmt.Errorf("find parents of %s: %w", source.Project, err)
		}
		now.Doubted = append(now.Doubted, doubted{Source: source, Why: reason, Parents: parents})
	}
	slices.SortFunc(now.Doubted, func(a, b doubted) int { return a.Source.Compare(b.Source) })
	return now, nil
}

// distrust makes dirty what two states of trust judge differently: all items
// of a project whose doubt changed, and items whose children are now known, or
// no longer, where policies ask for them.
func (e *Evaluator) distrust(ctx context.Context, before, now trust) error {
	sources := map[backlog.Source]bool{}
	for _, t := range []trust{before, now} {
		for _, d := range t.Doubted {
			sources[d.Source] = true
			for _, p := range d.Parents {
				sources[p] = true
			}
		}
	}
	if err := e.distrustFields(ctx, before, now); err != nil {
		return err
	}
	levels := e.levelsWithChildren()
	if before.Whole != now.Whole && len(levels) > 0 {
		if err := e.Store.MarkDirty(ctx, "trust", backlog.Some{Levels: levels}); err != nil {
			return err
		}
	}
	for source := range sources {
		some := backlog.Some{Connection: source.Connection, Project: source.Project}
		switch {
		case before.doubt(source) != now.doubt(source):
		case before.childrenKnown(source) != now.childrenKnown(source) && len(levels) > 0:
			some.Levels = levels
		default:
			continue
		}
		if err := e.Store.MarkDirty(ctx, "trust", some); err != nil {
			return err
		}
		if now.doubt(source) != before.doubt(source) { // a pass of their neighbours may not count now, or again
			if err := e.Store.MarkNeighbours(ctx, "trust", source); err != nil {
				return err
			}
		}
	}
	return nil
}

// levelsWithChildren are those on which a policy looks at children.
func (e *Evaluator) levelsWithChildren() []backlog.Level {
	var levels []backlog.Level
	for _, p := range e.Library.Policies() {
		if p.Reads.Children && !slices.Contains(levels, p.Level) {
			levels = append(levels, p.Level)
		}
	}
	return levels
}

func sourceOf(item *backlog.Stored) backlog.Source {
	return backlog.Source{Connection: item.Connection, Project: item.Project.Key}
}
