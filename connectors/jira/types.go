package jira

import (
	"context"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// readTypes lists a project's types without their forms, or those of the whole
// site where it does not tell them by project.
func (t *Tracker) readTypes(ctx context.Context, p backlog.Project, into *layouts) error {
	var project struct {
		Types []issueType `json:"issueTypes"`
	}
	err := t.get(ctx, "rest/api/3/project/"+p.ID, nil, &project)
	if rest.NotOffered(err) || err == nil && project.Types == nil {
		err = t.get(ctx, "rest/api/3/issuetype", nil, &project.Types)
	}
	if rest.NotOffered(err) {
		into.typeless, err = true, nil
	}
	into.types[p.ID] = append([]issueType{}, project.Types...)
	return err
}
