package config

import (
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

func (k *check) connections(known Problems) {
	k.unique("connections", k.c.connectionNames())
	for i, conn := range k.c.Connections {
		path := index("connections", i)
		k.address(path+".url", conn)
		k.secret(path+".auth.token", conn.Auth.Token, known)
		k.webhook(path+".webhook", conn, known)
		k.absence(path, conn)
		k.bounds(path+".write", conn.Write)
		k.words(path, conn)
		if len(conn.Scope.Projects) == 0 && conn.Scope.Query == "" {
			k.warn(path, "%s: without scope.projects every project that the account can see is read: name the projects", path)
		}
		for j, earlier := range k.c.Connections[:i] {
			if shared := overlap(conn, earlier); shared != "" {
				k.warn(path+".scope", "%s reads project %s like %s: its items are judged twice, take it out of one", path, shared, index("connections", j))
			}
		}
	}
}

func (c *Config) connectionNames() []string {
	return namesOf(c.Connections, func(c Connection) string { return c.Name })
}

// address wants https, except on this machine: a token would otherwise cross
// the network in clear text.
func (k *check) address(path string, conn Connection) {
	u, err := url.Parse(conn.URL)
	switch {
	case conn.URL == "": // told as missing
	case err != nil || u.Host == "":
		k.problem(path, "%s must be a web address such as https://shop.atlassian.net", path)
	case u.User != nil:
		k.problem(path, "%s must hold no user or password: use auth instead, and replace the password, it may have been seen", path)
	case u.Scheme != "https" && (u.Scheme != "http" || !Loopback(u.Hostname())):
		k.problem(path, "%s must begin with https://: the token would cross the network in clear text", path)
	case u.RawQuery != "" || u.Fragment != "":
		k.problem(path, "%s must end before ? and #: write the site's address only", path)
	case u.Hostname() == "dev.azure.com" && strings.Count(strings.Trim(u.Path, "/"), "/") > 0:
		k.problem(path, "%s must end after the organisation, https://dev.azure.com/ORGANISATION: projects go into scope.projects", path)
	case u.Hostname() == "dev.azure.com" && strings.Trim(u.Path, "/") == "":
		k.problem(path, "%s must name the organisation: https://dev.azure.com/ORGANISATION", path)
	}
}

// Loopback reports whether a host is this machine.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// secret wants exactly one place, and warns when nothing can be read there
// now: a rotation may be under way.
func (k *check) secret(path string, s Secret, known Problems) {
	switch {
	case s.Env == "" && s.File == "":
		if !known.at(k.at(path).Line) {
			k.problem(path, "%s is missing: %s", path, howToSecret)
		}
	case s.Env != "" && s.File != "":
		k.problem(path, "%s names a variable and a file: keep one", path)
	case s.Env != "" && !envName.MatchString(s.Env):
		k.problem(path, "%s: env takes the name of a variable (capital letters, digits, underscores), never the token itself", path)
	default:
		if _, err := s.Read(); err != nil {
			k.warn(path, "%s: %v", path, err)
		}
	}
}

// bounds refuses a quarantine in which a request may still be under way.
func (k *check) bounds(path string, w Write) {
	if w.Quarantine > 0 && w.Quarantine < minQuarantine {
		k.problem(path+".quarantine", "%s.quarantine must be at least %s: a request may still be under way until then", path, minQuarantine)
	}
}

// webhook wants what the tracker can send: Jira signs with a secret alone,
// Azure DevOps logs in with a user and a password.
func (k *check) webhook(path string, conn Connection, known Problems) {
	if conn.Webhook == nil {
		return
	}
	k.secret(path+".secret", conn.Webhook.Secret, known)
	switch {
	case conn.Kind == "azuredevops" && conn.Webhook.User == "":
		k.problem(path, "%s.user is missing: the user name that the service hook logs in with", path)
	case conn.Kind == "jira" && conn.Webhook.User != "":
		k.problem(path+".user", "%s.user is for Azure DevOps: Jira signs its webhooks with the secret alone, take it out", path)
	}
}

// words checks our words for fields and levels. Other words are custom values,
// unless they look like a typing error.
func (k *check) words(path string, conn Connection) {
	fields := namesOf(backlog.Fields(), backlog.Field.String)
	for _, word := range slices.Sorted(maps.Keys(conn.Fields)) {
		if _, ok := backlog.ParseField(word); ok {
			continue
		}
		if near := nearest(word, fields); near != "" {
			k.warn(path+".fields."+word, "%s.fields: %q becomes a custom value: did you mean %q?", path, word, near)
		}
	}
	levels := namesOf(backlog.Levels(), func(l backlog.Level) string { return string(l) })
	for _, level := range slices.Sorted(maps.Keys(conn.Levels)) {
		k.refers(path+".levels."+level, "level", level, levels)
	}
}

// overlap is a project that two connections to one site share.
func overlap(a, b Connection) string {
	if a.Kind != b.Kind || !strings.EqualFold(strings.TrimRight(a.URL, "/"), strings.TrimRight(b.URL, "/")) || a.Scope.Query != b.Scope.Query {
		return ""
	}
	for _, p := range a.Scope.Projects {
		if slices.ContainsFunc(b.Scope.Projects, func(q string) bool { return strings.EqualFold(p, q) }) {
			return p
		}
	}
	return ""
}
