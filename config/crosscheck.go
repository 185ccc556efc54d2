package config

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	"go.yaml.in/yaml/v3"
)

// checking collects what is wrong between the parts of the file.
type checking struct {
	*Config
	root     *yaml.Node
	problems Problems
}

func (c *Config) crossCheck(root *yaml.Node) Problems {
	check := &checking{Config: c, root: root}
	check.names()
	check.connections()
	check.organisation()
	check.policies()
	return check.problems
}

func (c *checking) complain(path, format string, args ...any) {
	c.problems = append(c.problems, Problem{File: c.file, Line: lineOf(c.root, path), Text: fmt.Sprintf(format, args...)})
}

// names refuses two things of one kind with the same name.
func (c *checking) names() {
	unique(c, "connections", c.Connections, func(x Connection) string { return x.Name })
	unique(c, "trains", c.Trains, func(x Train) string { return x.Name })
	unique(c, "teams", c.Teams, func(x Team) string { return x.Name })
	unique(c, "people", c.People, func(x Person) string { return x.Name })
	unique(c, "themes", c.Themes, func(x Theme) string { return x.Name })
	unique(c, "personas", c.Personas, func(x Persona) string { return x.Name })
}

func unique[T any](c *checking, list string, all []T, name func(T) string) {
	seen := map[string]bool{}
	for i, one := range all {
		key := strings.ToLower(name(one))
		if key != "" && seen[key] {
			c.complain(fmt.Sprintf("%s[%d]", list, i), "%s: the name %q is taken already: give each its own", list, name(one))
		}
		seen[key] = true
	}
}

func (c *checking) connections() {
	for i, conn := range c.Connections {
		at := fmt.Sprintf("connections[%d]", i)
		if err := secureAddress(conn.URL); conn.URL != "" && err != nil {
			c.complain(at+".url", "connection %s: %v", conn.Name, err)
		}
		token := conn.Auth.Token
		switch {
		case token.Env == "" && token.File == "":
			c.complain(at+".auth", "connection %s: auth.token is missing: %s", conn.Name, howToSecret)
		case token.Env != "" && token.File != "":
			c.complain(at+".auth.token", "connection %s: auth.token names a variable and a file: keep one", conn.Name)
		case token.Env != "" && !envName.MatchString(token.Env):
			c.complain(at+".auth.token", "connection %s: auth.token.env is no variable's name (capital letters, digits, underscores)", conn.Name)
		}
		for level := range conn.Levels {
			if !oneOf(level, "portfolio", "capability", "feature", "story", "task") {
				c.complain(at+".levels", "connection %s: there is no level %q: write portfolio, capability, feature, story or task", conn.Name, level)
			}
		}
	}
}

// secureAddress accepts https, and http only on this machine: a token must not
// cross a network in the open.
func secureAddress(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "":
		return fmt.Errorf("url is no web address: write one such as https://shop.atlassian.net")
	case u.User != nil:
		return fmt.Errorf("url must hold no user or password: they belong into auth")
	case u.Scheme == "https":
		return nil
	case u.Scheme == "http" && loopback(u.Hostname()):
		return nil
	}
	return fmt.Errorf("url must begin with https://: the token would be readable on its way")
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (c *checking) organisation() {
	for i, t := range c.Trains {
		at := fmt.Sprintf("trains[%d]", i)
		for n, inc := range t.Increments {
			here := fmt.Sprintf("%s.increments[%d]", at, n)
			if inc.Start != "" && inc.End != "" && inc.Start >= inc.End {
				c.complain(here, "train %s: %s must start before it ends", t.Name, inc.Name)
			}
			for _, other := range t.Increments[:n] {
				if inc.Start <= other.End && other.Start <= inc.End {
					c.complain(here, "train %s: %s overlaps %s: a day belongs to one increment", t.Name, inc.Name, other.Name)
				}
			}
			c.matches(here+".match", inc.Match)
		}
	}
	for i, t := range c.Teams {
		at := fmt.Sprintf("teams[%d]", i)
		c.known(at+".train", "train", t.Train, names(c.Trains, func(x Train) string { return x.Name }))
		if len(c.People) > 0 {
			c.known(at+".owner", "person", t.Owner, names(c.People, func(x Person) string { return x.Name }))
		}
		c.matches(at+".match", t.Match)
	}
	for i, p := range c.People {
		for n, a := range p.Accounts {
			c.connection(fmt.Sprintf("people[%d].accounts[%d].connection", i, n), a.Connection)
		}
	}
	for i, t := range c.Themes {
		c.matches(fmt.Sprintf("themes[%d].match", i), t.Match)
	}
}

func (c *checking) matches(at string, all Matches) {
	for i, m := range all {
		here := fmt.Sprintf("%s[%d]", at, i)
		if m == (Match{}) {
			c.complain(here, "an empty match fits every item: name at least one part")
		}
		c.connection(here, m.Connection)
	}
}

func (c *checking) policies() {
	teams := names(c.Teams, func(x Team) string { return x.Name })
	for i, s := range c.Policies.Settings {
		at := fmt.Sprintf("policies.settings[%d]", i)
		c.connection(at, s.Connection)
		c.known(at, "train", s.Train, names(c.Trains, func(x Train) string { return x.Name }))
		c.known(at, "team", s.Team, teams)
	}
	for i, x := range c.Policies.Exemptions {
		at := fmt.Sprintf("policies.exemptions[%d]", i)
		c.connection(at, x.Connection)
		c.known(at, "team", x.Team, teams)
		if x.Item == "" && x.Team == "" && x.Connection == "" {
			c.complain(at, "an exemption needs an item, a team or a connection: to end a policy for everybody, set enabled: false")
		}
	}
}

func (c *checking) connection(at, name string) {
	c.known(at, "connection", name, names(c.Connections, func(x Connection) string { return x.Name }))
}

// known complains about a name that refers to nothing.
func (c *checking) known(at, kind, name string, all []string) {
	if name != "" && !oneOf(name, all...) {
		c.complain(at, "there is no %s %q: known are %s", kind, name, strings.Join(all, ", "))
	}
}

func names[T any](all []T, name func(T) string) []string {
	list := make([]string, len(all))
	for i, one := range all {
		list[i] = name(one)
	}
	return list
}

func oneOf(word string, all ...string) bool {
	for _, one := range all {
		if strings.EqualFold(one, word) {
			return true
		}
	}
	return false
}
