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
// connection, train, team); of equally specific ones the later wins.
func (c *Config) PolicySetting(policy, connection, train, team string) Setting {
	setting := Setting{Enabled: true, Params: map[string]any{}}
	for specific := range 4 {
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

// specific is how narrow an entry is: 0 everywhere to 3 one team.
func (s PolicySetting) specific() int {
	switch {
	case s.Team != "":
		return 3
	case s.Train != "":
		return 2
	case s.Connection != "":
		return 1
	}
	return 0
}

func (s PolicySetting) covers(connection, train, team string) bool {
	return same(s.Connection, connection) && same(s.Train, train) && same(s.Team, team)
}

func same(want, have string) bool { return want == "" || strings.EqualFold(want, have) }
