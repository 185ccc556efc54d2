package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/connectors/azuredevops"
	"github.com/trackwarden/trackwarden/connectors/jira"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/store"
)

// tracker is what a connector gives us.
type tracker interface {
	backlog.Reader
	backlog.Writer
}

// connectors is the one table of the kinds of connections. The HTTP stack comes
// along because it knows the connection's mood.
var connectors = map[string]func(c config.Connection, cfg *config.Config, gate rest.Gate, log *slog.Logger) (tracker, *rest.Client, error){
	"jira":        openJira,
	"azuredevops": openAzure,
}

func openJira(c config.Connection, cfg *config.Config, gate rest.Gate, log *slog.Logger) (tracker, *rest.Client, error) {
	settings := stack(c, gate, jira.ReadPOST(), jira.Verify)
	settings.Limits = jira.Limits(onThisMachine(c))
	client, err := rest.New(settings, log.With("connection", c.Name))
	if err != nil {
		return nil, nil, err
	}
	t, err := jira.New(jira.Settings{
		Connection: c.Name, URL: c.URL, Projects: c.Scope.Projects, Query: c.Scope.Query,
		Fields: c.Fields, Levels: c.ByLevel(), Owner: cfg.Owner,
		WebhookSecret: c.WebhookSecret(),
	}, client, log)
	return t, client, err
}

func openAzure(c config.Connection, cfg *config.Config, gate rest.Gate, log *slog.Logger) (tracker, *rest.Client, error) {
	settings := stack(c, gate, azuredevops.ReadPOST(), azuredevops.Verify)
	settings.BasicPAT = c.Auth.User == ""
	client, err := rest.New(settings, log.With("connection", c.Name))
	if err != nil {
		return nil, nil, err
	}
	t, err := azuredevops.New(azuredevops.Settings{
		Connection: c.Name, URL: c.URL, Projects: c.Scope.Projects, Query: c.Scope.Query,
		Fields: c.Fields, Levels: c.ByLevel(), Owner: cfg.Owner, HelpURL: cfg.HelpURL,
		HookUser: c.WebhookUser(), HookPassword: c.WebhookSecret(),
	}, client, log)
	return t, client, err
}

func stack(c config.Connection, gate rest.Gate, readPOST []string, verify func(*http.Response) error) rest.Settings {
	s := rest.Settings{
		BaseURL: c.URL, User: c.Auth.User, Token: c.Auth.Token.Read,
		UserAgent: "trackwarden/" + version, ReadPOST: readPOST, Verify: verify, Gate: gate, AllowNetworks: c.Networks(),
	}
	if onThisMachine(c) {
		s.Rate, s.Burst = 5000, 500 // it is a simulator: nobody else is waiting for it
	}
	return s
}

func onThisMachine(c config.Connection) bool {
	u, err := url.Parse(c.URL)
	return err == nil && config.Loopback(u.Hostname())
}

// openStore opens the database of the settings, from the configuration file's
// folder on.
func openStore(ctx context.Context, cfg *config.Config, clock func() time.Time, log *slog.Logger) (*store.DB, error) {
	db, err := store.Open(ctx, store.Settings{Path: storePath(cfg)}, clock, log)
	if err != nil {
		return nil, usage(err)
	}
	return db, nil
}

func storePath(cfg *config.Config) string {
	if filepath.IsAbs(cfg.Store.Path) {
		return cfg.Store.Path
	}
	return filepath.Join(filepath.Dir(cfg.File()), cfg.Store.Path)
}

// loadLibrary compiles all policies of a configuration.
func loadLibrary(ctx context.Context, cfg *config.Config, log *slog.Logger) (*engine.Library, error) {
	rules, err := openRulebook(cfg, time.Now, log)
	if err != nil {
		return nil, err
	}
	return rules.load(ctx)
}

// checkPolicyNames refuses settings for policies and bundles that do not exist:
// a typing error there would silently leave a rule as it is.
func checkPolicyNames(cfg *config.Config, library *engine.Library) error {
	var problems []error
	refuse := func(where, what, name string, known []string) {
		if name != "" && !slices.Contains(known, name) {
			problems = append(problems, fmt.Errorf("%s: there is no %s %s; there are: %s", where, what, name, strings.Join(known, ", ")))
		}
	}
	policies, bundles := policyIDs(library), bundleNames(library)
	for _, name := range cfg.Policies.Bundles {
		refuse("policies.bundles", "bundle", name, bundles)
	}
	for _, s := range cfg.Policies.Settings {
		refuse("policies.settings", "policy", s.Policy, policies)
		refuse("policies.settings", "bundle", s.Bundle, bundles)
	}
	for _, x := range cfg.Policies.Exemptions {
		refuse("policies.exemptions", "policy", x.Policy, policies)
	}
	for _, id := range cfg.Policies.Writing.List {
		refuse("policies.writing", "policy", id, policies)
	}
	if len(problems) == 0 {
		return nil
	}
	return usage(errors.Join(problems...))
}

func bundleNames(library *engine.Library) []string {
	var names []string
	for _, p := range library.Policies() {
		names = append(names, p.Bundles...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func policyIDs(library *engine.Library) []string {
	var ids []string
	for _, p := range library.Policies() {
		ids = append(ids, p.ID)
	}
	return ids
}
