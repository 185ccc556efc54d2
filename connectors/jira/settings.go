package jira

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Settings of one connection to a Jira site, of Cloud or Data Center.
type Settings struct {
	Connection string   // display name, for messages
	URL        string   // https://shop.atlassian.net, or https://api.atlassian.com/ex/jira/CLOUD-ID for scoped tokens
	Projects   []string // keys or ids; empty means every visible project
	Query      string   // extra JQL that narrows the scope, without ORDER BY
	// Fields maps the word of a backlog.Field to names or ids of Jira fields;
	// the first filled one counts. Words that are no known field become custom
	// values of the item under that word.
	Fields map[string][]string
	// Levels maps a level to names of issue types, where Jira's own hierarchy
	// does not say what the organisation means.
	Levels map[backlog.Level][]string
	// WebhookSecret is what Jira's webhook was given to sign with; nil or an
	// empty answer means that no webhook is believed.
	WebhookSecret func() (string, error)
	Owner         string        // this installation's name in markers; default "trackwarden"
	PageSize      int           // issues a page, 1 to 100; default 100
	Overlap       time.Duration // how far before its mark an incremental sweep begins; default 5 min
}

const maxPageSize = 100

func (s Settings) withDefaults() Settings {
	s.URL = strings.TrimRight(strings.TrimSpace(s.URL), "/")
	s.Query = strings.TrimSpace(s.Query)
	if s.Owner == "" {
		s.Owner = "trackwarden"
	}
	if s.PageSize < 1 || s.PageSize > maxPageSize {
		s.PageSize = maxPageSize
	}
	if s.Overlap <= 0 {
		s.Overlap = 5 * time.Minute
	}
	return s
}

var orderBy = regexp.MustCompile(`(?i)\border\s+by\b`)

func (s Settings) check() error {
	u, err := url.Parse(s.URL)
	if err != nil {
		return fmt.Errorf("read the site's address: %w", err)
	}
	if u.Scheme == "" || u.Host == "" {
		return fmt.Errorf("the site's address %q is not a web address", s.URL)
	}
	if orderBy.MatchString(s.Query) {
		return errors.New("the query must not contain ORDER BY: sweeps have their own order")
	}
	return nil
}

// jql is the scope as a condition over some projects, by key.
func (s Settings) jql(keys ...string) string {
	quoted := make([]string, len(keys))
	for i, key := range keys {
		quoted[i] = quote(key)
	}
	condition := "project in (" + strings.Join(quoted, ", ") + ")"
	if len(keys) == 1 {
		condition = "project = " + quoted[0]
	}
	if s.Query != "" {
		condition += " AND (" + s.Query + ")"
	}
	return condition
}

// quote writes a JQL string.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
