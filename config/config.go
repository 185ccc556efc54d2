package config

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// Config is the whole of trackwarden.yaml.
type Config struct {
	// This installation's name in the markers of its comments. Two installations on one site need different names.
	Owner string `yaml:"owner,omitempty" validate:"required,slug" jsonschema:"default=trackwarden"`
	// Address under which people find what the policies mean; linked from every comment.
	HelpURL string `yaml:"help_url,omitempty" validate:"omitempty,webpage"`
	// The trackers that are read.
	Connections []Connection `yaml:"connections" validate:"min=1,dive" jsonschema:"required,minItems=1"`
	// The release trains above the teams.
	Trains []Train `yaml:"trains,omitempty" validate:"dive"`
	// Who works on what. The first team that matches an item has it.
	Teams []Team `yaml:"teams,omitempty" validate:"dive"`
	// The people who own something, with their accounts.
	People []Person `yaml:"people,omitempty" validate:"dive"`
	// The strategic themes.
	Themes []Theme `yaml:"themes,omitempty" validate:"dive"`
	// For whom the work is done.
	Personas []Persona `yaml:"personas,omitempty" validate:"dive"`
	// What teams and trains plan by and no tracker holds: objectives, capacity, risks, investment.
	Planning Planning `yaml:"planning,omitempty"`
	// Which policies hold, how strictly, and for whom not.
	Policies Policies `yaml:"policies"`
	// What our labels are called.
	Labels Labels `yaml:"labels,omitempty"`
	// Texts of your own in place of the built-in ones.
	Templates Templates `yaml:"templates,omitempty"`
	// When trackers are read and reports are made.
	Schedule Schedule `yaml:"schedule,omitempty"`
	// Where Trackwarden keeps what it knows.
	Store Store `yaml:"store,omitempty"`
	// The web page and HTTP API.
	Server Server `yaml:"server,omitempty"`

	file       string
	root       *yaml.Node        // as it was read, for the lines of warnings
	overridden map[string]string // paths that the environment has set → the variable
	warnings   Problems
	plans      []plan // the planning lists, of this file and of the folders
}

// File is the path of the file that was read.
func (c *Config) File() string { return c.file }

// Warnings are the things that do not stop Trackwarden but that somebody should
// look at: an exemption that has ended, a secret that could not be read, a
// condition that fits nothing. today is a date, YYYY-MM-DD.
func (c *Config) Warnings(today string) []Problem {
	k := &check{c: c, root: c.root, warnings: slices.Clone(c.warnings)}
	for i, x := range c.Policies.Exemptions {
		if x.Until < today {
			k.warn(index("policies.exemptions", i), "this exemption ended on %s: take it out or renew it", x.Until)
		}
	}
	return k.warnings.inOrder()
}

// Connection finds a connection by its name; false when there is none.
func (c *Config) Connection(name string) (Connection, bool) {
	for _, conn := range c.Connections {
		if conn.Name == name {
			return conn, true
		}
	}
	return Connection{}, false
}
