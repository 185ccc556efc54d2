package jira

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// findProjects resolves the configured projects, or all visible ones when none
// is configured, and names those that we cannot see.
func (t *Tracker) findProjects(ctx context.Context, m *model) (missing []string, err error) {
	visible, err := t.visibleProjects(ctx)
	if err != nil {
		return nil, fmt.Errorf("list projects: %w", err)
	}
	if len(t.settings.Projects) == 0 {
		m.projects = visible
		return nil, nil
	}
	for _, wanted := range t.settings.Projects {
		i := slices.IndexFunc(visible, func(p backlog.Project) bool {
			return strings.EqualFold(p.Key, wanted) || p.ID == wanted
		})
		switch {
		case i < 0:
			missing = append(missing, wanted)
		case !m.inScope(visible[i].ID):
			m.projects = append(m.projects, visible[i])
		}
	}
	return missing, nil
}

func (t *Tracker) visibleProjects(ctx context.Context) ([]backlog.Project, error) {
	var all []backlog.Project
	for {
		var page struct {
			Last   bool              `json:"isLast"`
			Total  int               `json:"total"`
			Values []backlog.Project `json:"values"`
		}
		query := url.Values{"startAt": {strconv.Itoa(len(all))}, "maxResults": {"50"}, "orderBy": {"key"}}
		if err := t.get(ctx, "rest/api/3/project/search", query, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Values...)
		if page.Last || len(page.Values) == 0 {
			return all, nil
		}
	}
}

// rights asks for all projects at once what our account may do. Whoever
// administers a project may suppress the mails about a change.
func (t *Tracker) rights(ctx context.Context, m *model) ([]backlog.Rights, error) {
	if len(m.projects) == 0 {
		return nil, nil
	}
	ids := make([]int64, 0, len(m.projects))
	for _, p := range m.projects {
		id, err := strconv.ParseInt(p.ID, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("read project id %q: %w", p.ID, err)
		}
		ids = append(ids, id)
	}
	var granted struct {
		Global  []string `json:"globalPermissions"`
		Project []struct {
			Permission string  `json:"permission"`
			Projects   []int64 `json:"projects"`
		} `json:"projectPermissions"`
	}
	question := map[string]any{"projectPermissions": []any{map[string]any{
		"permissions": []string{"EDIT_ISSUES", "ADD_COMMENTS", "ADMINISTER_PROJECTS"}, "projects": ids,
	}}}
	if err := t.ask(ctx, "rest/api/3/permissions/check", question, &granted); err != nil {
		return nil, fmt.Errorf("check permissions: %w", err)
	}
	may := map[string][]int64{}
	for _, g := range granted.Project {
		may[g.Permission] = append(may[g.Permission], g.Projects...)
	}
	rights := make([]backlog.Rights, len(ids))
	for i, id := range ids {
		rights[i] = backlog.Rights{
			Project: m.projects[i].ID,
			Edit:    slices.Contains(may["EDIT_ISSUES"], id),
			Comment: slices.Contains(may["ADD_COMMENTS"], id),
			Quiet:   slices.Contains(may["ADMINISTER_PROJECTS"], id),
		}
	}
	return rights, nil
}
