package azuredevops

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/core"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/workitemtracking"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// connectionData is who we are, and where. Its identity is of a shape of its
// own.
type connectionData struct {
	User struct {
		ID         string `json:"id"`
		Descriptor string `json:"descriptor"`
		Subject    string `json:"subjectDescriptor"`
		Provider   string `json:"providerDisplayName"`
		Custom     string `json:"customDisplayName"`
		Properties struct {
			Account struct {
				Value string `json:"$value"`
			} `json:"Account"`
		} `json:"properties"`
	} `json:"authenticatedUser"`
	Instance string `json:"instanceId"`
}

// introduce asks who we are. It is the first request of all.
func (t *Tracker) introduce(ctx context.Context) (*model, error) {
	d, err := t.greet(ctx)
	if rest.Status(err) == http.StatusNotFound {
		return nil, fmt.Errorf("%w: there is no organisation at %s: it does not know _apis/connectionData", backlog.ErrUnavailable, t.settings.URL)
	}
	if err != nil {
		return nil, fmt.Errorf("read who we are: %w", err)
	}
	// A public organisation also answers those that it does not know.
	if d.User.ID+d.User.Subject+d.User.Descriptor == "" || strings.Contains(d.User.Descriptor, "PublicAccess") || strings.Contains(d.User.Descriptor, "Anonymous") {
		return nil, fmt.Errorf("read who we are: %w: Azure DevOps answers us as anonymous", backlog.ErrUnauthorized)
	}
	name := d.User.Custom
	if name == "" {
		name = d.User.Provider
	}
	return &model{
		site:    t.siteID(d.Instance),
		me:      identity{ID: d.User.ID, Descriptor: d.User.Subject, DisplayName: name, UniqueName: d.User.Properties.Account.Value},
		visible: map[string]backlog.Project{}, byName: map[string]*project{},
	}, nil
}

// siteID is what never changes of an organisation: the id that it tells, else
// its address. Once known it stays, whatever a later answer leaves out.
func (t *Tracker) siteID(instance string) backlog.SiteID {
	if instance == "" && t.model != nil {
		return t.model.site
	}
	if instance == "" {
		_, instance, _ = strings.Cut(t.settings.URL, "://")
	}
	return backlog.SiteID("azuredevops:" + strings.ToLower(instance))
}

func (t *Tracker) readCatalogue(ctx context.Context) (catalogue, error) {
	c := catalogue{byName: map[string]string{}, html: map[string]bool{}}
	fields, err := t.wit.GetWorkItemFields(ctx, workitemtracking.GetWorkItemFieldsArgs{})
	if rest.NotOffered(err) {
		return usualCatalogue(), nil
	}
	if err != nil {
		return c, fmt.Errorf("read fields: %w", explain(err))
	}
	for _, f := range of(fields) {
		ref := of(f.ReferenceName)
		c.byName[strings.ToLower(ref)] = ref
		if name := strings.ToLower(of(f.Name)); c.byName[name] == "" {
			c.byName[name] = ref
		}
		c.html[ref] = of(f.Type) == workitemtracking.FieldTypeValues.Html
	}
	return c, nil
}

func (t *Tracker) listProjects(ctx context.Context) ([]backlog.Project, error) {
	var all []backlog.Project
	args := core.GetProjectsArgs{Top: new(500)}
	for {
		page, err := t.core.GetProjects(ctx, args)
		if err != nil {
			return nil, fmt.Errorf("list projects: %w", explain(err))
		}
		for _, p := range page.Value {
			if p.Id == nil {
				continue
			}
			all = append(all, backlog.Project{ID: p.Id.String(), Key: of(p.Name), Name: of(p.Name)})
		}
		if page.ContinuationToken == "" {
			return all, nil
		}
		next, err := strconv.Atoi(page.ContinuationToken)
		if err != nil || next <= of(args.ContinuationToken) || len(page.Value) == 0 {
			return nil, fmt.Errorf("list projects: %w: the list goes on at %q", backlog.ErrIncomplete, page.ContinuationToken)
		}
		args.ContinuationToken = &next
	}
}
