package config

import (
	"strings"

	"github.com/spf13/viper"
	"go.yaml.in/yaml/v3"
)

// prefix begins the environment variables that override single values.
const prefix = "TRACKWARDEN_"

// overridable are the single values that the environment may set; nothing
// inside a list can be.
var overridable = []string{
	"owner", "help_url", "labels::umbrella", "labels::prefix", "labels::ignore", "labels::snooze", "labels::ignored",
	"schedule::poll", "schedule::report",
	"schedule::timezone", "store::driver", "store::path", "server::listen",
}

// override takes single values from the environment. An empty variable counts
// as not set.
func (c *Config) override(v *viper.Viper, env func(string) (string, bool)) Problems {
	var problems Problems
	c.overridden = map[string]string{}
	for _, key := range overridable {
		name := prefix + strings.ToUpper(strings.ReplaceAll(key, separator, "_"))
		value, set := env(name)
		if !set || value == "" {
			continue
		}
		v.Set(key, value)
		path := strings.Split(key, separator)
		c.overridden[strings.Join(path, ".")] = name
		for _, p := range problemsOf(name, c.put(path, v.GetString(key))) {
			problems = append(problems, Problem{File: name, Text: p.Text})
		}
	}
	return problems
}

// put sets one value as if it stood in the file.
func (c *Config) put(path []string, value string) error {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	for i := len(path) - 1; i >= 0; i-- {
		key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: path[i]}
		node = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{key, node}}
	}
	return node.Decode(c)
}
