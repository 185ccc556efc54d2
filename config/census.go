package config

import (
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Absence is what may be concluded from items that are not seen any more.
type Absence struct {
	// An item is gone when so many censuses in a row lacked it; until then it is frozen.
	Censuses int `yaml:"censuses,omitempty" validate:"min=0" jsonschema:"default=3,minimum=1"`
	// And over this time.
	Over Duration `yaml:"over,omitempty" jsonschema:"default=7d"`
	// How many percent of a project (and at least 20 items) may be lacking without an explanation. Beyond that the
	// census itself is in doubt.
	Drop int `yaml:"drop,omitempty" validate:"min=0" jsonschema:"default=10,minimum=1,maximum=100"`
}

// Keys are keys of items. In the file a single one may stand without a list
// around it.
type Keys []string

// UnmarshalYAML reads a list of keys or a single one.
func (k *Keys) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode && node.Value != "" {
		*k = Keys{node.Value}
		return nil
	}
	var list []string
	if err := node.Decode(&list); err != nil {
		return atLine(node, "canary: write a key such as SHOP-1, or a list of them")
	}
	*k = list
	return nil
}

// absence warns where a census would cost more than it tells, and wants a
// canary to be an item of the scope.
func (k *check) absence(path string, conn Connection) {
	if conn.Census > 0 && conn.Census < Duration(15*time.Minute) {
		k.warn(path+".census", "%s.census counts every item every %s: once a day is usual, and 15m often enough", path, conn.Census)
	}
	if conn.Absence != nil && conn.Absence.Drop > 100 {
		k.problem(path+".absence.drop", "%s.absence.drop is percent: write at most 100", path)
	}
	for _, key := range conn.Scope.Canary {
		project, _, found := strings.Cut(key, "-")
		names := func(p string) bool { return strings.EqualFold(p, project) }
		if conn.Kind == "jira" && found && len(conn.Scope.Projects) > 0 && !slices.ContainsFunc(conn.Scope.Projects, names) {
			k.warn(path+".scope.canary", "%s.scope.canary: %s is in none of scope.projects", path, key)
		}
	}
}
