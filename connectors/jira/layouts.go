package jira

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// layouts remembers what the types of each project look like. It takes a
// request per type to find out and hardly ever changes.
type layouts struct {
	at       time.Time // by the server's clock
	byType   map[string][]layoutField
	types    map[string][]issueType
	typeless bool // no list of types is offered
}

// layoutKeep is how long layouts are believed.
const layoutKeep = time.Hour

type layoutField struct {
	ID   string `json:"fieldId"`
	Key  string `json:"key"`
	Name string `json:"name"`
}

// itemTypes describes the types of every project in scope.
func (t *Tracker) itemTypes(ctx context.Context, m *model) ([]backlog.ItemType, error) {
	known, err := t.readLayouts(ctx, m)
	if err != nil {
		return nil, err
	}
	if known.typeless {
		m.problems = append(m.problems, "Jira offers no list of its types (rest/api/3/issuetype): levels are guessed from the names of types; name them in the settings under levels.")
	}
	var types []backlog.ItemType
	for _, p := range m.projects {
		for _, it := range known.types[p.ID] {
			types = append(types, t.itemType(m, p, it, known.byType[p.ID+" "+string(it.ID)]))
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
		layout = m.fields.all()
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
			if result.Names[field.String()] == "" || len(m.fields.known[field]) > 0 && m.fields.known[field][0] == f.ID {
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
		return t.readTypes(ctx, p, into)
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
		into.byType[p.ID+" "+string(it.ID)] = forms[i]
	}
	return nil
}

// creatable lists the types that we may create; none when we may not.
func (t *Tracker) creatable(ctx context.Context, p backlog.Project) ([]issueType, error) {
	var all []issueType
	for {
		var page struct {
			Total  int         `json:"total"`
			Types  []issueType `json:"issueTypes"`
			Values []issueType `json:"values"` // the same in other answers
		}
		query := url.Values{"startAt": {strconv.Itoa(len(all))}, "maxResults": {"200"}}
		err := t.get(ctx, "rest/api/3/issue/createmeta/"+p.ID+"/issuetypes", query, &page)
		if rest.NotOffered(err) || rest.Status(err) == http.StatusBadRequest {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		types := slices.Concat(page.Types, page.Values)
		all = append(all, types...)
		if len(all) >= page.Total || len(types) == 0 {
			return all, nil
		}
	}
}

// form lists the fields that a person can fill when creating such an issue;
// nil where Jira does not tell.
func (t *Tracker) form(ctx context.Context, p backlog.Project, it issueType) ([]layoutField, error) {
	all := []layoutField{}
	for {
		var page struct {
			Total  int           `json:"total"`
			Fields []layoutField `json:"fields"`
			Values []layoutField `json:"values"` // the same in other answers
		}
		query := url.Values{"startAt": {strconv.Itoa(len(all))}, "maxResults": {"200"}}
		err := t.get(ctx, "rest/api/3/issue/createmeta/"+p.ID+"/issuetypes/"+string(it.ID), query, &page)
		if rest.NotOffered(err) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		fields := slices.Concat(page.Fields, page.Values)
		for _, f := range fields {
			f.ID = cmp.Or(f.ID, f.Key)
			all = append(all, f)
		}
		if len(all) >= page.Total || len(fields) == 0 {
			return all, nil
		}
	}
}
