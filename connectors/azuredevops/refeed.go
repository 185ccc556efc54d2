package azuredevops

import (
	"context"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// changedSince is the condition by which changes are found without a feed.
const changedSince = "[System.ChangedDate] >= "

// rereadEvery is how often everything is read again where no feed tells of
// links: they leave no other trace.
const rereadEvery = 24 * time.Hour

// withoutFeed does the work of a feed that cannot be had. Revisions are found
// by query, from where the mark stands; deletions are left to the census. Link
// changes are found by reading everything again once a day.
func (t *Tracker) withoutFeed(ctx context.Context, m *model, at position, yield func(backlog.Page, error) bool) error {
	if at.Begun.IsZero() {
		at.Begun = t.http.Now().Add(-early)
	}
	condition := changedSince + quote(at.Start.UTC().Format(time.RFC3339))
	sentence := "Azure DevOps does not answer _apis/wit/reporting/workitemrevisions: changes are found by query, and deletions at the next census only; allow the account or token to read it."
	if at.Kind == linksFeed {
		condition = ""
		sentence = "Azure DevOps does not answer _apis/wit/reporting/workitemlinks: a changed link is seen when its item changes too, else within a day, when everything is read again; allow the account or token to read it."
	}
	t.absent.set(at.Kind, sentence)
	if at.Kind == linksFeed && at.Begun.Sub(at.Start) < rereadEvery {
		yield(backlog.Page{Position: at.String(), Last: true, Mark: backlog.Mark{at.Kind: at.mark()}}, nil)
		return nil
	}
	for _, p := range m.from(at.Project) {
		at.Project = p.ID
		goesOn, err := t.reread(ctx, m, p, &at, condition, yield)
		if err != nil || !goesOn {
			return err
		}
		at.Last = 0
	}
	next := position{Kind: at.Kind, Start: at.Begun}
	yield(backlog.Page{Position: at.String(), Last: true, Mark: backlog.Mark{at.Kind: next.mark()}}, nil)
	return nil
}

// reread reads the work items of a project that meet a condition, from where
// the position stands.
func (t *Tracker) reread(ctx context.Context, m *model, p *project, at *position, condition string, yield func(backlog.Page, error) bool) (goesOn bool, err error) {
	for {
		ids, err := t.idsAfter(ctx, p.Name, at.Last, 0, condition)
		if err != nil {
			return false, err
		}
		ends := len(ids) < t.settings.RangeSize
		for len(ids) > 0 {
			part := ids[:min(len(ids), t.settings.BatchSize)]
			ids = ids[len(part):]
			page, err := t.page(ctx, m, part, true)
			if err != nil {
				return false, err
			}
			at.Last = part[len(part)-1]
			page.Position = at.String()
			if !yield(page, nil) {
				return false, nil
			}
		}
		if ends {
			return true, nil
		}
	}
}

// from are the projects of the scope from one on; all when it is none of them.
func (m *model) from(id string) []*project {
	for i, p := range m.scope {
		if p.ID == id {
			return m.scope[i:]
		}
	}
	return m.scope
}
