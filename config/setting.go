package config

import (
	"maps"
	"slices"
	"strings"
)

// Setting is how a policy is set somewhere. Severity is empty, and Params holds
// nothing, where the policy's own values hold.
type Setting struct {
	Enabled  bool
	Severity string
	Params   map[string]any
}

// resolving is a setting to which entries are applied.
type resolving struct {
	Setting
	off bool // an entry said so
}

// PolicySetting resolves how a policy, with the bundles that it belongs to, is
// set for a team of a train in a connection. Entries apply from the least to
// the most specific (everywhere, connection, train, team), those of bundles
// before those of policies; of equally specific ones the later wins. Params are
// merged name by name. Without an entry, a policy holds if one of its bundles
// does, or if it belongs to none.
func (c *Config) PolicySetting(policy string, bundles []string, connection, train, team string) Setting {
	setting := resolving{Setting: Setting{Enabled: c.holds(bundles), Params: map[string]any{}}}
	for specific := range mostSpecific + 1 {
		for _, names := range []func(PolicySetting) bool{
			func(s PolicySetting) bool { return s.Bundle != "" && slices.Contains(bundles, s.Bundle) },
			func(s PolicySetting) bool { return s.Policy == policy },
		} {
			for _, s := range c.Policies.Settings {
				if names(s) && s.specific() == specific && s.covers(connection, train, team) {
					setting.apply(s)
				}
			}
		}
	}
	return setting.Setting
}

// PolicyHolds reports whether a policy is switched on anywhere at all.
func (c *Config) PolicyHolds(policy string, bundles []string) bool {
	if c.PolicySetting(policy, bundles, "", "", "").Enabled {
		return true
	}
	for _, s := range c.Policies.Settings {
		if (s.Policy == policy || slices.Contains(bundles, s.Bundle)) && c.PolicySetting(policy, bundles, s.Connection, s.Train, s.Team).Enabled {
			return true
		}
	}
	return false
}

func (c *Config) holds(bundles []string) bool {
	return len(bundles) == 0 || slices.ContainsFunc(bundles, func(b string) bool { return slices.Contains(c.Policies.Bundles, b) })
}

func (s *resolving) apply(entry PolicySetting) {
	if entry.Enabled != nil {
		s.Enabled, s.off = *entry.Enabled, !*entry.Enabled
	} else if !s.off { // what is set is wanted
		s.Enabled = true
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
