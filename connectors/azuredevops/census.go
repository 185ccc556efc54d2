package azuredevops

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/core"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Census lists every id of a project within the scope, by query in ranges. It
// is complete when the last range was not full; a project that we can no longer
// see is an error, never an empty one.
func (t *Tracker) Census(ctx context.Context, id backlog.ProjectID) iter.Seq2[backlog.CensusPage, error] {
	return func(yield func(backlog.CensusPage, error) bool) {
		m, name, err := t.visibleProject(ctx, id)
		if err != nil {
			yield(backlog.CensusPage{}, fmt.Errorf("count project %s: %w", id.ID, err))
			return
		}
		last, total, ranges := 0, 0, 0
		for {
			ids, err := t.idsAfter(ctx, name, last, 0, "")
			if err != nil {
				yield(backlog.CensusPage{}, fmt.Errorf("count project %s: %w", name, err))
				return
			}
			page := backlog.CensusPage{IDs: make([]backlog.ItemID, len(ids))}
			for i, n := range ids {
				page.IDs[i], last = m.item(n), n
			}
			total, ranges = total+len(ids), ranges+1
			if page.Complete = len(ids) < t.settings.RangeSize; page.Complete {
				page.Basis = fmt.Sprintf("%d work items listed by id in %d ranges, the last one not full", total, ranges)
			}
			if !yield(page, nil) || page.Complete {
				return
			}
		}
	}
}

// listedProject looks for a project in the list of all: it is either out of
// our sight, or cannot be asked for by itself.
func (t *Tracker) listedProject(ctx context.Context, id backlog.ProjectID, cause error) (string, error) {
	all, err := t.listProjects(ctx)
	if err != nil {
		return "", err
	}
	for _, p := range all {
		if strings.EqualFold(p.ID, id.ID) {
			return p.Name, nil
		}
	}
	return "", fmt.Errorf("%w: %w", backlog.ErrIncomplete, cause)
}

// visibleProject asks for a project now, so that a lost permission is not
// taken for an empty project, nor an old name for the present one.
func (t *Tracker) visibleProject(ctx context.Context, id backlog.ProjectID) (*model, string, error) {
	m, err := t.known(ctx)
	if err != nil {
		return nil, "", err
	}
	p, err := t.core.GetProject(ctx, core.GetProjectArgs{ProjectId: &id.ID})
	if rest.NotOffered(err) && strings.Contains(message(err), "TF200016") { // "The following project does not exist"
		return nil, "", fmt.Errorf("%w: %w", backlog.ErrIncomplete, err)
	}
	if rest.NotOffered(err) {
		name, err := t.listedProject(ctx, id, err)
		return m, name, err
	}
	if err != nil {
		return nil, "", explain(err)
	}
	if p.Id == nil || !strings.EqualFold(p.Id.String(), id.ID) || of(p.Name) == "" {
		return nil, "", fmt.Errorf("%w: asked for project %s and got %q", backlog.ErrIncomplete, id.ID, of(p.Name))
	}
	return m, *p.Name, nil
}
