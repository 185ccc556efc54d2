package azuredevops

import (
	"context"
	"fmt"
	"maps"

	"github.com/trackwarden/trackwarden/backlog"
)

// backfill reads a range of a project, or what is in some of its areas and
// iterations: the ids by query, then the work items in batches, one page each.
func (t *Tracker) backfill(ctx context.Context, at position, yield func(backlog.Page, error) bool) error {
	m, err := t.known(ctx)
	if err != nil {
		return err
	}
	p := m.byID(at.Project)
	if p == nil {
		return fmt.Errorf("%w: project %s is not in the scope any more", backlog.ErrIncomplete, at.Project)
	}
	for {
		ids, err := t.list(ctx, p, at)
		if err != nil {
			return err
		}
		ends := len(ids) < t.settings.RangeSize || at.To > 0 && ids[len(ids)-1] == at.To
		if total := at.Done + len(ids); ends || total > at.Total {
			at.Total = total
		}
		for first := true; first || len(ids) > 0; first = false {
			part := ids[:min(len(ids), t.settings.BatchSize)]
			ids = ids[len(part):]
			page, err := t.page(ctx, m, part, true)
			if err != nil {
				return err
			}
			if len(part) > 0 {
				at.Last, at.Done = part[len(part)-1], at.Done+len(part)
			}
			page.Position, page.Total = at.String(), at.Total
			if page.Last = ends && len(ids) == 0; page.Last {
				page.Mark = at.afterBackfill()
			}
			if !yield(page, nil) || page.Last {
				return nil
			}
		}
	}
}

// list lists the next ids of a backfill.
func (t *Tracker) list(ctx context.Context, p *project, at position) ([]int, error) {
	switch {
	case at.Kind == backfill:
		if ids, known := t.listed.take(p.ID, at.Last, at.To); known {
			return ids, nil
		}
		return t.idsAfter(ctx, p.Name, at.Last, at.To, "")
	case len(at.Changed) == 0:
		return nil, nil
	}
	return t.idsAfter(ctx, p.Name, at.Last, 0, inNodes(at.Changed))
}

// afterBackfill is what it adds to the mark.
func (p position) afterBackfill() backlog.Mark {
	if p.Kind == nodesStream {
		return backlog.Mark{nodesMark + p.Project: p.Nodes}
	}
	mark := backlog.Mark{projectMark + p.Project: p.Reading}
	if p.Feeds {
		maps.Copy(mark, backlog.Mark{
			revisionsFeed: position{Kind: revisionsFeed, Start: p.Start}.String(),
			linksFeed:     position{Kind: linksFeed, Start: p.Start}.String(),
		})
	}
	return mark
}

// byID finds a project of the scope; nil when it is none.
func (m *model) byID(id string) *project {
	for _, p := range m.scope {
		if p.ID == id {
			return p
		}
	}
	return nil
}
