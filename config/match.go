package config

import (
	"go.yaml.in/yaml/v3"

	"github.com/trackwarden/trackwarden/backlog"
)

// Match is a condition on an item: every filled part must fit.
type Match struct {
	// The connection.
	Connection string `yaml:"connection,omitempty"`
	// Key or name of the project.
	Project string `yaml:"project,omitempty"`
	// A component (Jira).
	Component string `yaml:"component,omitempty"`
	// A label (Jira) or tag (Azure DevOps).
	Label string `yaml:"label,omitempty"`
	// An area path (Azure DevOps), with everything below it.
	Area string `yaml:"area,omitempty"`
	// An iteration path (Azure DevOps), with everything below it, or the name of a sprint (Jira).
	IterationPath string `yaml:"iteration_path,omitempty"`
	// A fix version (Jira).
	FixVersion string `yaml:"fix_version,omitempty"`
	// The tracker's own type name.
	Type string `yaml:"type,omitempty"`
}

func (m Match) backlog() backlog.Match {
	return backlog.Match{
		Connection: m.Connection, Project: m.Project, Component: m.Component, Label: m.Label,
		Area: m.Area, IterationPath: m.IterationPath, FixVersion: m.FixVersion, Type: m.Type,
	}
}

// Matches are conditions of which one is enough. In the file a single one may
// stand without a list around it.
type Matches []Match

// UnmarshalYAML reads a list of conditions or a single one.
func (m *Matches) UnmarshalYAML(node *yaml.Node) error {
	nodes := []*yaml.Node{node}
	if node.Kind == yaml.SequenceNode {
		nodes = node.Content
	}
	*m = make(Matches, len(nodes))
	var errs []string
	for i, n := range nodes {
		errs = append(errs, typeErrors(n.Decode(&(*m)[i]))...)
	}
	if errs != nil {
		return &yaml.TypeError{Errors: errs}
	}
	return nil
}

func (m Matches) backlog() []backlog.Match {
	var matches []backlog.Match
	for _, one := range m {
		matches = append(matches, one.backlog())
	}
	return matches
}

// eitherWay is backlog for increments: an iteration path and a fix version
// named together become alternatives.
func (m Matches) eitherWay() []backlog.Match {
	var matches []backlog.Match
	for _, one := range m {
		b := one.backlog()
		if b.IterationPath == "" || b.FixVersion == "" {
			matches = append(matches, b)
			continue
		}
		path, version := b, b
		path.FixVersion, version.IterationPath = "", ""
		matches = append(matches, path, version)
	}
	return matches
}
