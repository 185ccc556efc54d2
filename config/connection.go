package config

import (
	"net/netip"

	"github.com/trackwarden/trackwarden/backlog"
)

// Connection is a way into one tracker.
type Connection struct {
	// What people call the tracker. Display only: the site is known by its own id, pinned at first contact.
	Name string `yaml:"name" validate:"required" jsonschema:"required"`
	// Which tracker it is.
	Kind string `yaml:"kind" validate:"required,oneof=jira azuredevops" jsonschema:"required,enum=jira,enum=azuredevops"`
	// The site's address, for example https://shop.atlassian.net or https://dev.azure.com/shop.
	URL string `yaml:"url" validate:"required" jsonschema:"required"`
	// With which account.
	Auth Auth `yaml:"auth" jsonschema:"required"`
	// Which part of the site is watched.
	Scope Scope `yaml:"scope,omitempty"`
	// Names or ids of the tracker's fields by our word for them; the first filled one counts. Found by schema and name
	// when left out. A field named here counts as used. Words of your own become custom values for your policies.
	Fields map[string][]string `yaml:"fields,omitempty" validate:"dive,min=1,dive,required"`
	// The tracker's type names by level (portfolio, capability, feature, story, task). Found from the tracker's
	// hierarchy, per project, when left out.
	Levels map[string][]string `yaml:"levels,omitempty" validate:"dive,min=1,dive,required"`
	// What may be written on the items.
	Write Write `yaml:"write,omitempty"`
	// Networks outside the public internet that the url's host name may lead to, for a tracker on premises, for example
	// 10.1.0.0/16. An address, or localhost, in url needs none.
	AllowNetworks []string `yaml:"allow_networks,omitempty" validate:"dive,network"`
	// How often every identity is counted, and compared with what is stored.
	Census Duration `yaml:"census,omitempty" jsonschema:"default=1d"`
	// What is concluded from items that are not seen any more.
	Absence *Absence `yaml:"absence,omitempty"`
	// Lets the tracker's webhooks wake Trackwarden at POST /webhooks/NAME. Without it, only the poll brings changes.
	Webhook *Webhook `yaml:"webhook,omitempty"`
}

// Webhook is how the tracker's webhooks prove where they come from.
type Webhook struct {
	// Azure DevOps only: the user name of the service hook's basic authentication.
	User string `yaml:"user,omitempty"`
	// Where the secret is found: that of Jira's webhook, or the password of the service hook's basic authentication.
	Secret Secret `yaml:"secret" jsonschema:"required"`
}

// Auth is the account that Trackwarden uses.
type Auth struct {
	// The account's user name or e-mail address. Without it the token is sent as a bearer token, or, to Azure DevOps,
	// as a personal access token unless it is one of Microsoft Entra.
	User string `yaml:"user,omitempty"`
	// Where the token is found. Never the token itself.
	Token Secret `yaml:"token" jsonschema:"required"`
}

// Scope is the part of a site that is watched.
type Scope struct {
	// Keys or names of the projects. Left out: every project that the account can see.
	Projects []string `yaml:"projects,omitempty" validate:"dive,required"`
	// A further condition, in JQL for Jira and in WIQL for Azure DevOps.
	Query string `yaml:"query,omitempty"`
	// Keys of items that are always there, one for each project. While one cannot be seen, its project is frozen.
	Canary Keys `yaml:"canary,omitempty" validate:"dive,required"`
}

// Networks are AllowNetworks; what is none is left out, validation has told.
func (c Connection) Networks() (networks []netip.Prefix) {
	for _, text := range c.AllowNetworks {
		if network, err := netip.ParsePrefix(text); err == nil {
			networks = append(networks, network)
		}
	}
	return networks
}

// ByLevel is the connection's types by level, in the backlog's words.
func (c Connection) ByLevel() map[backlog.Level][]string {
	levels := make(map[backlog.Level][]string, len(c.Levels))
	for level, types := range c.Levels {
		levels[backlog.Level(level)] = types
	}
	return levels
}

// WebhookSecret reads the webhook's secret; nil when webhooks are not wanted.
func (c Connection) WebhookSecret() func() (string, error) {
	if c.Webhook == nil {
		return nil
	}
	return c.Webhook.Secret.Read
}

// WebhookUser is the user that the tracker logs in with; nil when webhooks are
// not wanted.
func (c Connection) WebhookUser() func() (string, error) {
	if c.Webhook == nil {
		return nil
	}
	return func() (string, error) { return c.Webhook.User, nil }
}
