package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

const maxFile = 4 << 20 // bytes; no configuration is longer

// Load reads the configuration: the file at path, or else ./trackwarden.yaml,
// or else trackwarden.yaml in the user's configuration folder. env looks up
// environment variables, os.LookupEnv outside tests. Where the file could be
// read, the error is of type Problems.
func Load(path string, env func(string) (string, bool)) (*Config, error) {
	v, file, err := find(path)
	if err != nil {
		return nil, err
	}
	content, err := readFile(file)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	c := defaults()
	c.file = file
	root, problems := c.decode(content)
	if root == nil {
		return nil, problems
	}
	problems = append(problems, c.override(v, env)...)
	c.settle(env)
	problems = append(problems, c.validate(root, problems)...)
	problems = append(problems.inOrder(), c.validatePlans(root)...)
	if len(problems) > 0 {
		return nil, problems
	}
	return c, nil
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%w: name a readable file with --config", err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder: name the file in it", path)
	}
	content, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(content) > maxFile {
		return nil, errors.New(path + " is too large to be a configuration")
	}
	return content, nil
}

// folder is where paths in the file begin.
func (c *Config) folder() string { return filepath.Dir(c.file) }
