package config

import (
	"maps"
	"strings"
)

// Setting is how a policy is set somewhere. Severity is empty, and Params holds
// nothing, where the policy's own values hold.
type Setting struct {
	Enabled  bool
	Severity string
	Params   map[string]any
}

// PolicySetting resolves how a policy is set for a team of a train in a
// connection. Entries apply from the least to the most specific (everywhere,
// connection, train, team); of equally specific ones the later wins. Params
// are merged name by name.
func (c *Config) PolicySetting(policy, connection, train, team string) Setting {
	setting := Setting{Enabled: true, Params: map[string]any{}}
	for specific := range mostSpecific + 1 {
		for _, s := range c.Policies.Settings {
			if s.Policy == policy && s.specific() == specific && s.covers(connection, train, team) {
				setting.apply(s)
			}
		}
	}
	return setting
}

func (s *Setting) apply(entry PolicySetting) {
	if entry.Enabled != nil {
		s.Enabled = *entry.Enabled
	}
	if entry.Severity != "" {
		s.Severity = entry.Severity
	}
	maps.Copy(s.Params, entry.Params)
}

const mostSpecific = 7

// specific is how narrow an entry is: a team weighs more than a train, and a
// train more than a connection.
func (s PolicySetting) specific() int {
	weight := 0
	for i, part := range []string{s.Connection, s.Train, s.Team} {
		if part != "" {
			weight |= 1 << i
		}
	}
	return weight
}

func (s PolicySetting) covers(connection, train, team string) bool {
	return same(s.Connection, connection) && same(s.Train, train) && same(s.Team, team)
}

func same(want, have string) bool { return want == "" || strings.EqualFold(want, have) }
