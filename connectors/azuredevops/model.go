package azuredevops

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// model is what we know of the organisation: who we are, which projects it
// has, and how they and their fields are built. It is learnt by Describe, or
// by the first call that needs it.
type model struct {
	site     backlog.SiteID
	me       identity
	fields   catalogue
	mapping  mapping
	visible  map[string]backlog.Project // every project that we can see, by lower-case name
	scope    []*project                 // in the order of the settings
	missing  []string
	problems []string
	learnt   time.Time // the tracker's clock

	mu     sync.Mutex
	byName map[string]*project // by lower-case name: scope, and others as they were met
}

// known is the model, learnt now if need be.
func (t *Tracker) known(ctx context.Context) (*model, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.model != nil {
		return t.model, nil
	}
	return t.learnLocked(ctx)
}

// learn asks the tracker anew.
func (t *Tracker) learn(ctx context.Context) (*model, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.learnLocked(ctx)
}

func (t *Tracker) learnLocked(ctx context.Context) (*model, error) {
	m, err := t.introduce(ctx)
	if err != nil {
		return nil, err
	}
	if m.fields, err = t.readCatalogue(ctx); err != nil {
		return nil, err
	}
	if err := t.readScope(ctx, m); err != nil {
		return nil, err
	}
	m.mapping, m.problems = m.fields.resolve(t.settings)
	if m.fields.usual {
		m.problems = append(m.problems, "Azure DevOps does not answer _apis/wit/fields: fields of the organisation's own are known only by the reference names in the settings, such as Custom.Theme.")
	}
	for _, p := range m.scope {
		m.problems = append(m.problems, p.problems...)
	}
	for _, p := range m.scope {
		m.mapping.prefer(backlog.FieldPoints, p.effort)
		m.mapping.prefer(backlog.FieldRank, p.order)
	}
	m.learnt = t.http.Now()
	t.model = m
	return m, nil
}

// readScope finds the configured projects and reads how they are built, a few
// at a time. A project that we may see but not read counts as missing.
func (t *Tracker) readScope(ctx context.Context, m *model) error {
	wanted, err := t.pickProjects(ctx, m)
	if err != nil {
		return err
	}
	loaded := make([]*project, len(wanted))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for i, p := range wanted {
		group.Go(func() error {
			var err error
			loaded[i], err = t.loadProject(groupCtx, p, true)
			if code := rest.Status(err); code == http.StatusForbidden || code == http.StatusNotFound {
				t.log.Warn("project cannot be read", "connection", t.settings.Connection, "project", p.Name, "error", err)
				loaded[i], err = nil, nil
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, p := range loaded {
		if p == nil {
			m.missing = append(m.missing, wanted[i].Name)
			continue
		}
		m.scope = append(m.scope, p)
		m.byName[strings.ToLower(p.Name)] = p
	}
	return nil
}

// pickProjects lists the projects that the settings name, each once.
func (t *Tracker) pickProjects(ctx context.Context, m *model) ([]backlog.Project, error) {
	all, err := t.listProjects(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[string]backlog.Project{}
	for _, p := range all {
		m.visible[strings.ToLower(p.Name)], byID[strings.ToLower(p.ID)] = p, p
	}
	if len(t.settings.Projects) == 0 {
		return all, nil
	}
	var wanted []backlog.Project
	for _, name := range t.settings.Projects {
		p, ok := byID[strings.ToLower(name)]
		if !ok {
			p, ok = m.visible[strings.ToLower(name)]
		}
		switch {
		case !ok:
			m.missing = append(m.missing, name)
		case !slices.Contains(wanted, p):
			wanted = append(wanted, p)
		}
	}
	return wanted, nil
}

// project finds a project by the name that an item carries. One outside the
// scope is read when it is first met; nil when we cannot see it.
func (t *Tracker) project(ctx context.Context, m *model, name string) *project {
	key := strings.ToLower(name)
	m.mu.Lock()
	defer m.mu.Unlock()
	if p, ok := m.byName[key]; ok {
		return p
	}
	visible, ok := m.visible[key]
	if !ok {
		return nil
	}
	p, err := t.loadProject(ctx, visible, false)
	if err != nil {
		t.log.Warn("read a project outside the scope", "connection", t.settings.Connection, "project", name, "error", err)
		p = &project{Project: visible} // not asked for again before the next Describe
	}
	m.byName[key] = p
	return p
}

// inScope finds a project of the scope by name; nil when it is none.
func (m *model) inScope(name string) *project {
	m.mu.Lock()
	defer m.mu.Unlock()
	if p := m.byName[strings.ToLower(name)]; p != nil && p.inScope {
		return p
	}
	return nil
}

// item is the identity of a work item.
func (m *model) item(id int) backlog.ItemID {
	return backlog.ItemID{Site: m.site, ID: strconv.Itoa(id)}
}
