package jira

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// In a service project customers see what is commented on their requests. What
// we write there is internal, in three ways: only an agent's word that a comment
// is internal is heeded, so we comment only where we are one; every comment says
// so; and Jira's answer has to say that no customer sees it.

// internalComment is the property by which a comment says that it is internal.
// Outside of service projects it means nothing.
const internalComment = "sd.public.comment"

// serves notes a service project.
func (m *model) serves(projectID string) {
	if m.services == nil {
		m.services = map[string]bool{}
	}
	m.services[projectID] = false
}

// tell notes whether we are an agent in a project, if it is a service project.
func (m *model) tell(projectID string, agent bool) {
	if _, service := m.services[projectID]; service {
		m.services[projectID] = agent
	}
}

// asked are the permissions that we want to know of. A site without service
// projects does not know the last one.
func (m *model) asked() []string {
	all := []string{editIssues, addComments, administer}
	if m.asksForAgents() {
		all = append(all, serve)
	}
	return all
}

func (m *model) asksForAgents() bool { return len(m.services) > 0 && !m.agentless }

// internally takes the right to comment back where customers would see it.
func (m *model) internally(rights []backlog.Rights) []backlog.Rights {
	for i, r := range rights {
		agent, service := m.services[r.Project]
		rights[i].Service = service
		if service && !agent && r.Comment {
			rights[i].Comment = false
			p, _ := m.project(r.Project)
			m.problems = append(m.problems, fmt.Sprintf("%s is a service project and our account is no agent there, so customers would see its comments: only labels are written. Give it the permission %s, or leave it so.", p.Key, serve))
		}
	}
	return rights
}

// customersSee reports whether Jira says that a comment of ours is shown to
// customers: it stands in a service project and is not internal.
func (t *Tracker) customersSee(ctx context.Context, m *model, issueID string, list []comment) (bool, error) {
	public := slices.ContainsFunc(list, func(c comment) bool { return c.Public != nil && *c.Public })
	if len(m.services) == 0 || !public {
		return false, nil
	}
	var raw struct {
		Fields struct {
			Project projectName `json:"project"`
		} `json:"fields"`
	}
	if err := t.get(ctx, issuePath(issueID), url.Values{"fields": {"project"}}, &raw); err != nil {
		return false, fmt.Errorf("read the issue's project: %w", err)
	}
	_, service := m.services[m.placed(raw.Fields.Project).ID]
	return service, nil
}

// internal reports whether a change's comment must not be seen by customers.
func (t *Tracker) internal(c backlog.Change) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.model == nil {
		return false
	}
	_, service := t.model.services[c.Project.ID]
	return service
}
