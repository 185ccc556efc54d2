package azuredevops

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// Settings of one connection to an organisation of Azure DevOps Services, or to
// a collection of an Azure DevOps Server.
type Settings struct {
	Connection string   // display name, for messages
	URL        string   // of the organisation, https://dev.azure.com/shop, or of the collection, https://tfs.shop.example/tfs/Shop
	Projects   []string // names or ids; empty means every visible project
	Query      string   // extra WIQL condition that narrows the scope, without ORDER BY
	// Fields maps the word of a backlog.Field to reference names or display
	// names of fields; the first filled one counts. Words that are no known
	// field become custom values of the item under that word.
	Fields map[string][]string
	// Levels maps a level to names of work item types, where the backlogs of
	// a project do not say what the organisation means.
	Levels  map[backlog.Level][]string
	Owner   string // this installation's name in markers; default "trackwarden"
	HelpURL string // the page that the link at the end of our comments leads to
	// HookUser and HookPassword are what the organisation's service hooks send
	// to prove who they are. No user is an empty one; without a password every
	// service hook is refused.
	HookUser     func() (string, error)
	HookPassword func() (string, error)
	BatchSize    int // work items a request, 1 to 200; default 200
	RangeSize    int // ids a query, 1 to 19,000; default 19,000
}

const (
	maxBatch = 200   // of workitemsbatch
	maxRange = 19000 // a query with more than 20,000 results is refused (VS402337)
)

func (s Settings) withDefaults() Settings {
	s.URL = strings.TrimRight(strings.TrimSpace(s.URL), "/")
	s.Query = strings.TrimSpace(s.Query)
	if s.Owner == "" {
		s.Owner = "trackwarden"
	}
	if s.HelpURL == "" {
		s.HelpURL = "https://github.com/trackwarden/trackwarden"
	}
	if s.BatchSize < 1 || s.BatchSize > maxBatch {
		s.BatchSize = maxBatch
	}
	if s.RangeSize < 1 || s.RangeSize > maxRange {
		s.RangeSize = maxRange
	}
	return s
}

var ordering = regexp.MustCompile(`(?i)\b(order\s+by|asof)\b`)

func (s Settings) check() error {
	for what, address := range map[string]string{"organisation": s.URL, "help page": s.HelpURL} {
		u, err := url.Parse(address)
		if err != nil {
			return fmt.Errorf("read the address of the %s: %w", what, err)
		}
		if u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return fmt.Errorf("the address of the %s, %q, is not a web address", what, address)
		}
		if u.Fragment != "" {
			return fmt.Errorf("the address of the %s, %q, must have no fragment", what, address)
		}
	}
	if ordering.MatchString(s.Query) {
		return errors.New("the query must contain neither ORDER BY nor ASOF: sweeps have their own order")
	}
	return nil
}
