package jira

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// serviceDesk is the kind of a service-management project: its requests are
// customers' and no backlog, so it is read only where the settings name it.
const serviceDesk = "service_desk"

// findProjects resolves the configured projects, or all visible ones but
// service desks when none is configured, and names those that we cannot see.
func (t *Tracker) findProjects(ctx context.Context, m *model) (missing []string, err error) {
	visible, err := t.visibleProjects(ctx)
	if rest.NotOffered(err) {
		visible, err = t.unsearched(ctx, err)
	}
	if err != nil {
		return nil, fmt.Errorf("list projects: %w", err)
	}
	if len(t.settings.Projects) == 0 {
		for _, p := range visible {
			if p.Kind != serviceDesk {
				m.projects = append(m.projects, p.project())
			}
		}
		return nil, nil
	}
	for _, wanted := range t.settings.Projects {
		i := slices.IndexFunc(visible, func(p projectName) bool {
			return strings.EqualFold(p.Key, wanted) || p.project().ID == wanted
		})
		switch {
		case i < 0:
			missing = append(missing, wanted)
		case !m.inScope(visible[i].project().ID):
			m.projects = append(m.projects, visible[i].project())
			if visible[i].Kind == serviceDesk {
				m.serves(visible[i].project().ID)
			}
		}
	}
	return missing, nil
}

func (t *Tracker) visibleProjects(ctx context.Context) ([]projectName, error) {
	var all []projectName
	for start := 0; ; {
		var page struct {
			Last   bool          `json:"isLast"`
			Total  int           `json:"total"`
			Values []projectName `json:"values"`
		}
		query := url.Values{"startAt": {strconv.Itoa(start)}, "maxResults": {"50"}, "orderBy": {"key"}}
		if err := t.get(ctx, "rest/api/3/project/search", query, &page); err != nil {
			return nil, err
		}
		before := len(all)
		for _, p := range page.Values {
			if !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
		start += len(page.Values)
		if page.Last || len(all) == before { // the second where a site knows no pages
			return all, nil
		}
	}
}

// unsearched finds the projects of a site that has no project search: all of
// them in one list, else those of the settings one by one.
func (t *Tracker) unsearched(ctx context.Context, cause error) (list []projectName, err error) {
	err = t.get(ctx, "rest/api/3/project", nil, &list)
	if rest.NotOffered(err) {
		for _, name := range t.settings.Projects {
			var p projectName
			one := t.get(ctx, "rest/api/3/project/"+url.PathEscape(name), nil, &p)
			if one != nil && !rest.NotOffered(one) {
				return nil, one
			}
			if one == nil {
				list, err = append(list, p), nil
			}
		}
	}
	if rest.NotOffered(err) {
		return nil, cause
	}
	return list, err
}

// projectName is a project as it came.
type projectName struct {
	ID   ident  `json:"id"`
	Key  string `json:"key"`
	Name string `json:"name"`
	Kind string `json:"projectTypeKey"` // software, business or service_desk
}

// project takes the key for an id that is missing.
func (p projectName) project() backlog.Project {
	return backlog.Project{ID: cmp.Or(string(p.ID), p.Key), Key: p.Key, Name: p.Name}
}

// placed is a project as we know it, should an issue say less of it, or more,
// than the list of projects does.
func (m *model) placed(p projectName) backlog.Project {
	for _, ours := range m.projects {
		if p.Key != "" && p.Key == ours.Key && (p.ID == "" || ours.ID == ours.Key) {
			return ours
		}
	}
	return p.project()
}
