package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/spf13/viper"
	"go.yaml.in/yaml/v3"
)

// Prefix begins the environment variables that override single values.
const Prefix = "TRACKWARDEN_"

// separator stands between the parts of a key in viper. Dots and colons occur
// in names.
const separator = "::"

// overridable are the single values that the environment may set; nothing
// inside a list can be.
var overridable = []string{
	"owner", "help_url", "labels::umbrella", "labels::prefix", "schedule::poll", "schedule::report",
	"schedule::timezone", "store::driver", "store::path", "server::listen",
}

const maxFile = 4 << 20 // bytes; no configuration is longer

// Load reads the configuration: the file at path, or else ./trackwarden.yaml,
// or else trackwarden.yaml in the user's configuration folder. env looks up
// environment variables. The error is of type Problems when the file could be
// read.
func Load(path string, env func(string) (string, bool)) (*Config, error) {
	v := viper.NewWithOptions(viper.KeyDelimiter(separator))
	file, err := find(v, path)
	if err != nil {
		return nil, err
	}
	content, err := readFile(file)
	if err != nil {
		return nil, err
	}
	c := defaults()
	c.file = file
	var root yaml.Node
	if err := yaml.Unmarshal(content, &root); err != nil {
		return nil, problemsOf(file, err)
	}
	if root.Kind == 0 {
		return nil, Problems{{File: file, Text: "the file is empty: begin with connections, see config/example.yaml"}}
	}
	c.root = &root
	problems := unknownKeys(file, &root, reflect.TypeFor[Config]())
	problems = append(problems, problemsOf(file, root.Decode(c))...)
	problems = append(problems, c.override(v, env)...)
	c.settle(env)
	problems = append(problems, c.validate(&root)...)
	if len(problems) > 0 {
		return nil, problems.inOrder()
	}
	return c, nil
}

// find lets viper look for the file.
func find(v *viper.Viper, path string) (string, error) {
	if path != "" {
		v.SetConfigFile(path)
		return path, nil
	}
	v.SetConfigName("trackwarden")
	v.SetConfigType("yaml")
	v.AddConfigPath(".")
	folder, err := os.UserConfigDir()
	if err == nil {
		folder = filepath.Join(folder, "trackwarden")
		v.AddConfigPath(folder)
	}
	err = v.ReadInConfig()
	var missing viper.ConfigFileNotFoundError
	if errors.As(err, &missing) {
		return "", fmt.Errorf("no trackwarden.yaml in this folder or in %s: write one (config/example.yaml shows how) or name it with --config", folder)
	}
	return v.ConfigFileUsed(), nil // what is wrong in it is told with its line later
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read configuration: %s does not exist: name an existing file with --config", path)
	case err != nil:
		return nil, fmt.Errorf("read configuration: %w", err)
	case info.IsDir():
		return nil, fmt.Errorf("read configuration: %s is a folder: name the file in it", path)
	case info.Size() > maxFile:
		return nil, fmt.Errorf("read configuration: %s is too large to be a configuration", path)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	return content, nil
}

// override takes single values from the environment.
func (c *Config) override(v *viper.Viper, env func(string) (string, bool)) Problems {
	var problems Problems
	for _, key := range overridable {
		name := Prefix + strings.ToUpper(strings.ReplaceAll(key, separator, "_"))
		value, set := env(name)
		if !set {
			continue
		}
		v.Set(key, value)
		if err := c.put(strings.Split(key, separator), v.GetString(key)); err != nil {
			for _, p := range problemsOf(name, err) {
				problems = append(problems, Problem{File: name, Text: p.Text})
			}
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
