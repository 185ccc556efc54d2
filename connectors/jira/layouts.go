package jira

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
)

// layouts remembers what the types of each project look like. It takes a
// request per type to find out and hardly ever changes.
type layouts struct {
	at     time.Time // by the server's clock
	byType map[string][]layoutField
	types  map[string][]issueType
}

// layoutKeep is how long layouts are believed.
const layoutKeep = time.Hour

type layoutField struct {
	ID   string `json:"fieldId"`
	Name string `json:"name"`
}

// itemTypes describes the types of every project in scope.
func (t *Tracker) itemTypes(ctx context.Context, m *model) ([]backlog.ItemType, error) {
	known, err := t.readLayouts(ctx, m)
	if err != nil {
		return nil, err
	}
	var types []backlog.ItemType
	for _, p := range m.projects {
		for _, it := range known.types[p.ID] {
			types = append(types, t.itemType(m, p, it, known.byType[p.ID+" "+it.ID]))
		}
	}
	return types, nil
}

// itemType describes one type. Without a layout, because we may not create
// such issues, every field that the site has counts as being there.
func (t *Tracker) itemType(m *model, p backlog.Project, it issueType, layout []layoutField) backlog.ItemType {
	result := backlog.ItemType{
		Project: p.ID, Name: it.Name, Level: t.settings.level(it), Kind: kindOf(it.Name),
		Used: m.fields.declared, Names: map[string]string{},
	}
	if layout == nil {
		for id, name := range m.fields.names {
			layout = append(layout, layoutField{ID: id, Name: name})
		}
	}
	// These are never on a form and can be set all the same.
	layout = append(layout, layoutField{ID: "issuelinks", Name: m.fields.names["issuelinks"]})
	for _, id := range m.fields.known[backlog.FieldRank] {
		layout = append(layout, layoutField{ID: id, Name: m.fields.names[id]})
	}
	for _, f := range layout {
		for _, field := range m.fields.fieldOf(f.ID) {
			result.Layout = result.Layout.With(field)
			if f.Name == "" {
				continue
			}
			if result.Names[field.String()] == "" || m.fields.known[field][0] == f.ID {
				result.Names[field.String()] = f.Name
			}
		}
	}
	return result
}

// readLayouts asks each project for its types and each type for its form.
func (t *Tracker) readLayouts(ctx context.Context, m *model) (layouts, error) {
	t.mu.Lock()
	kept := t.layouts
	t.mu.Unlock()
	if kept.covers(m, t.http.Now()) {
		return kept, nil
	}
	fresh := layouts{at: t.http.Now(), byType: map[string][]layoutField{}, types: map[string][]issueType{}}
	for _, p := range m.projects {
		if err := t.readLayout(ctx, p, &fresh); err != nil {
			return layouts{}, fmt.Errorf("read types of %s: %w", p.Key, err)
		}
	}
	t.mu.Lock()
	t.layouts = fresh
	t.mu.Unlock()
	return fresh, nil
}

func (l layouts) covers(m *model, now time.Time) bool {
	for _, p := range m.projects {
		if l.types[p.ID] == nil {
			return false
		}
	}
	return !l.at.IsZero() && now.Sub(l.at) < layoutKeep
}

func (t *Tracker) readLayout(ctx context.Context, p backlog.Project, into *layouts) error {
	types, err := t.creatable(ctx, p)
	if err != nil {
		return err
	}
	if len(types) == 0 {
		into.types[p.ID], err = t.typesOf(ctx, p)
		return err
	}
	forms := make([][]layoutField, len(types))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallel)
	for i, it := range types {
		group.Go(func() (err error) {
			forms[i], err = t.form(ctx, p, it)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	into.types[p.ID] = types
	for i, it := range types {
		into.byType[p.ID+" "+it.ID] = forms[i]
	}
	return nil
}

// creatable lists the types that we may create; none when we may not.
func (t *Tracker) creatable(ctx context.Context, p backlog.Project) ([]issueType, error) {
	var all []issueType
	for {
		var page struct {
			Total int         `json:"total"`
			Types []issueType `json:"issueTypes"`
		}
		query := url.Values{"startAt": {strconv.Itoa(len(all))}, "maxResults": {"200"}}
		err := t.get(ctx, "rest/api/3/issue/createmeta/"+p.ID+"/issuetypes", query, &page)
		if s := status(err); s == http.StatusNotFound || s == http.StatusForbidden || s == http.StatusBadRequest {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, page.Types...)
		if len(all) >= page.Total || len(page.Types) == 0 {
			return all, nil
		}
	}
}

// form lists the fields that a person can fill when creating such an issue.
func (t *Tracker) form(ctx context.Context, p backlog.Project, it issueType) ([]layoutField, error) {
	all := []layoutField{}
	for {
		var page struct {
			Total  int           `json:"total"`
			Fields []layoutField `json:"fields"`
		}
		query := url.Values{"startAt": {strconv.Itoa(len(all))}, "maxResults": {"200"}}
		if err := t.get(ctx, "rest/api/3/issue/createmeta/"+p.ID+"/issuetypes/"+it.ID, query, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Fields...)
		if len(all) >= page.Total || len(page.Fields) == 0 {
			return all, nil
		}
	}
}

// typesOf lists a project's types without their forms.
func (t *Tracker) typesOf(ctx context.Context, p backlog.Project) ([]issueType, error) {
	project := struct {
		Types []issueType `json:"issueTypes"`
	}{Types: []issueType{}}
	err := t.get(ctx, "rest/api/3/project/"+p.ID, nil, &project)
	return project.Types, err
}
