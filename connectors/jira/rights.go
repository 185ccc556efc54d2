package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

const (
	editIssues  = "EDIT_ISSUES"
	addComments = "ADD_COMMENTS"
	administer  = "ADMINISTER_PROJECTS"
	serve       = "SERVICEDESK_AGENT"
)

// rights asks what our account may do. Whoever administers a project may
// suppress the mails about a change. Where the site does not tell, writing
// counts as allowed until it is refused, and suppressing mails does not.
func (t *Tracker) rights(ctx context.Context, m *model) ([]backlog.Rights, error) {
	rights, err := t.allRights(ctx, m)
	return m.internally(rights), err
}

func (t *Tracker) allRights(ctx context.Context, m *model) ([]backlog.Rights, error) {
	if len(m.projects) == 0 {
		return nil, nil
	}
	rights, err := t.checkRights(ctx, m)
	if rest.NotOffered(err) {
		rights, err = t.myRights(ctx, m)
	}
	if rest.Status(err) == http.StatusBadRequest && m.asksForAgents() { // it knows no agents
		m.agentless = true
		return t.allRights(ctx, m)
	}
	if !rest.NotOffered(err) {
		return rights, err
	}
	m.problems = append(m.problems, "Jira answers neither rest/api/3/permissions/check nor rest/api/3/mypermissions: our rights are not known; writing is tried, and Jira refuses what is not allowed.")
	rights = nil
	for _, p := range m.projects {
		rights = append(rights, backlog.Rights{Project: p.ID, Edit: true, Comment: true})
	}
	return rights, nil
}

// checkRights asks for all projects at once.
func (t *Tracker) checkRights(ctx context.Context, m *model) ([]backlog.Rights, error) {
	ids := make([]json.Number, len(m.projects))
	for i, p := range m.projects {
		if ids[i] = json.Number(p.ID); isKey(p.ID) { // it takes numbers only
			return t.myRights(ctx, m)
		}
	}
	var granted struct {
		Project []struct {
			Permission string  `json:"permission"`
			Projects   []ident `json:"projects"`
		} `json:"projectPermissions"`
	}
	question := map[string]any{"projectPermissions": []any{map[string]any{
		"permissions": m.asked(), "projects": ids,
	}}}
	if err := t.ask(ctx, "rest/api/3/permissions/check", question, &granted); err != nil {
		return nil, fmt.Errorf("check permissions: %w", err)
	}
	may := map[string][]ident{}
	for _, g := range granted.Project {
		may[g.Permission] = append(may[g.Permission], g.Projects...)
	}
	var rights []backlog.Rights
	for _, p := range m.projects {
		id := ident(p.ID)
		m.tell(p.ID, slices.Contains(may[serve], id))
		rights = append(rights, backlog.Rights{
			Project: p.ID, Edit: slices.Contains(may[editIssues], id),
			Comment: slices.Contains(may[addComments], id), Quiet: slices.Contains(may[administer], id),
		})
	}
	return rights, nil
}

// myRights asks project by project.
func (t *Tracker) myRights(ctx context.Context, m *model) ([]backlog.Rights, error) {
	var rights []backlog.Rights
	for _, p := range m.projects {
		var answer struct {
			Permissions map[string]struct {
				Have *bool `json:"havePermission"`
			} `json:"permissions"`
		}
		query := url.Values{"projectKey": {p.Key}, "permissions": {strings.Join(m.asked(), ",")}}
		if err := t.get(ctx, "rest/api/3/mypermissions", query, &answer); err != nil {
			return nil, fmt.Errorf("read our permissions in %s: %w", p.Key, err)
		}
		may := func(permission string, unless bool) bool {
			if have := answer.Permissions[permission].Have; have != nil {
				return *have
			}
			return unless
		}
		m.tell(p.ID, may(serve, false))
		rights = append(rights, backlog.Rights{
			Project: p.ID, Edit: may(editIssues, true), Comment: may(addComments, true), Quiet: may(administer, false),
		})
	}
	return rights, nil
}
