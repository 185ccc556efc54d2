package config

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Show is the whole configuration with its defaults, as YAML that Load would
// read again. Secrets are shown as the places where they are found.
func (c *Config) Show() ([]byte, error) {
	text, err := yaml.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("write configuration: %w", err)
	}
	return text, nil
}
