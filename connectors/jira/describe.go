package jira

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Describe implements backlog.Reader. It asks for the site's list of fields,
// projects and rights each time, and for the layout of types once an hour.
func (t *Tracker) Describe(ctx context.Context) (backlog.Site, error) {
	_, site, err := t.describe(ctx)
	if err != nil {
		return backlog.Site{}, fmt.Errorf("describe %s: %w", t.settings.Connection, err)
	}
	return site, nil
}

func (t *Tracker) describe(ctx context.Context) (*model, backlog.Site, error) {
	m := &model{repeats: &repeats{}}
	info, err := t.serverInfo(ctx)
	if rest.NotOffered(err) {
		info.BaseURL, err = t.settings.URL, nil
		m.problems = append(m.problems, "Jira does not answer rest/api/2/serverInfo: the addresses of pages are built on the one in the settings.")
	}
	if err != nil {
		return nil, backlog.Site{}, err
	}
	m.base = strings.TrimRight(info.BaseURL, "/")
	if m.site, err = t.siteID(ctx, m.base); err != nil {
		return nil, backlog.Site{}, err
	}
	if m.account, err = t.myself(ctx); err != nil {
		return nil, backlog.Site{}, err
	}
	fields, err := t.listFields(ctx, m)
	if err != nil {
		return nil, backlog.Site{}, err
	}
	m.fields = findFields(fields, t.settings.Fields)
	if len(fields) > 0 {
		t.mu.Lock()
		t.formerly = m.fields.drift(t.formerly, fields)
		t.mu.Unlock()
	}
	missing, err := t.findProjects(ctx, m)
	if err != nil {
		return nil, backlog.Site{}, err
	}
	if m.types, err = t.itemTypes(ctx, m); err != nil {
		return nil, backlog.Site{}, err
	}
	rights, err := t.rights(ctx, m)
	if err != nil {
		return nil, backlog.Site{}, err
	}
	t.mu.Lock()
	t.model = m
	t.mu.Unlock()
	return m, t.site(m, info, missing, rights), nil
}

func (t *Tracker) site(m *model, info serverInfo, missing []string, rights []backlog.Rights) backlog.Site {
	return backlog.Site{
		ID: m.site, Kind: "jira", Name: info.Title, URL: m.base,
		Account: m.account, Now: t.http.Now(),
		Projects: m.projects, Types: m.types, Rights: rights,
		Missing:  missing,
		Problems: slices.Concat(m.problems, m.fields.problems, t.settings.levelProblems(m.types), t.linkProblems(), t.bareProblems()),
		Locators: locators(m.base, t.settings.URL),
		Page:     m.page("{key}"),
	}
}

type serverInfo struct {
	BaseURL    string `json:"baseUrl"`
	Deployment string `json:"deploymentType"`
	Title      string `json:"serverTitle"`
}

func (t *Tracker) serverInfo(ctx context.Context) (serverInfo, error) {
	var info serverInfo
	if err := t.get(ctx, "rest/api/2/serverInfo", nil, &info); err != nil {
		return info, fmt.Errorf("read server info: %w", err)
	}
	t.server.Store(info.Deployment == "Server")
	if info.BaseURL == "" {
		info.BaseURL = t.settings.URL
	}
	return info, nil
}

var cloudPath = regexp.MustCompile(`/ex/jira/([0-9a-fA-F-]+)`)

// siteID finds what never changes of a site: its cloud id, which is part of the
// address for scoped tokens and which every site tells about itself. Only a
// site without one, and every Data Center, is known by its address.
func (t *Tracker) siteID(ctx context.Context, base string) (backlog.SiteID, error) {
	if m := cloudPath.FindStringSubmatch(t.settings.URL); m != nil {
		return backlog.SiteID("jira:" + m[1]), nil
	}
	u, err := url.Parse(base)
	if err != nil {
		return "", fmt.Errorf("read the site's address: %w", err)
	}
	host := backlog.SiteID("jira:" + strings.ToLower(u.Host+u.Path))
	if t.server.Load() {
		return host, nil
	}
	var tenant struct {
		CloudID string `json:"cloudId"`
	}
	err = t.get(ctx, "_edge/tenant_info", nil, &tenant)
	switch known := t.lastSite(); {
	case err == nil && tenant.CloudID != "":
		return backlog.SiteID("jira:" + tenant.CloudID), nil
	case err != nil && !rest.NotOffered(err):
		return "", fmt.Errorf("read the site's id: %w", err)
	case known != "":
		return known, nil
	}
	return host, nil
}

// lastSite is the site as it was described before: it never becomes another.
func (t *Tracker) lastSite() backlog.SiteID {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.model == nil {
		return ""
	}
	return t.model.site
}

// myself finds out whom the credentials belong to. An answer without an
// account means that Jira took us for nobody.
func (t *Tracker) myself(ctx context.Context) (backlog.Person, error) {
	var self user
	if err := t.get(ctx, "rest/api/2/myself", nil, &self); err != nil {
		return backlog.Person{}, fmt.Errorf("read our account: %w", err)
	}
	if self.id() == "" {
		return backlog.Person{}, fmt.Errorf("read our account: %w: Jira answers without an account", backlog.ErrUnauthorized)
	}
	return *self.person(), nil
}

// levelProblems names the types of the settings that no project has.
func (s Settings) levelProblems(types []backlog.ItemType) []string {
	var problems []string
	for _, level := range backlog.Levels() {
		for _, name := range s.Levels[level] {
			if !hasType(types, name) {
				problems = append(problems, fmt.Sprintf("Type %q, named for level %s, exists in none of the projects: correct its name in the settings.", name, level))
			}
		}
	}
	return problems
}

func hasType(types []backlog.ItemType, name string) bool {
	for _, t := range types {
		if strings.EqualFold(t.Name, name) {
			return true
		}
	}
	return false
}

// now is the server's clock, asked for if no answer has shown it yet.
func (t *Tracker) now(ctx context.Context) (time.Time, error) {
	if now := t.http.Now(); !now.IsZero() {
		return now, nil
	}
	if _, err := t.serverInfo(ctx); err != nil && !rest.NotOffered(err) {
		return time.Time{}, err
	}
	if now := t.http.Now(); !now.IsZero() {
		return now, nil
	}
	return time.Time{}, fmt.Errorf("%w: its answers carry no date", backlog.ErrUnavailable)
}
