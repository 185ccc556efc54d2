package jirasim

import (
	"cmp"
	"net/http"
	"sync"
	"time"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// Settings describe the site and the account that the credentials belong to.
type Settings struct {
	Edition Edition // empty is Cloud
	Context string  // of a Data Center: what its address has before /rest, such as "/jira"; empty is nothing

	Clock    func() time.Time // the site's clock; nil is time.Now
	SiteName string           // as in https://NAME.atlassian.net; empty is "example"
	CloudID  string           // empty is a fixed one
	BaseURL  string           // set by Start; empty is https://SiteName.atlassian.net

	Account string         // accountId of whom the token belongs to; empty is "557058:bot"
	User    string         // e-mail for Basic credentials; empty accepts the token as Bearer only
	Token   string         // empty accepts any
	Zone    *time.Location // the account's time zone, in which JQL reads and answers show dates; nil is UTC
	Quiet   bool           // the account administers the projects, so notifyUsers=false counts

	IndexLag        time.Duration // how far search is behind; reads by id never are
	PropertiesTouch bool          // an issue property moves `updated`; nobody has confirmed what Jira does
	HistoryDates    HistoryDates  // how a bulk fetch of changelogs writes dates
	Seed            uint64        // of faults with a chance

	Latency time.Duration // of every answer

	Watch func(http.Handler) http.Handler // wraps the site's own handler, inside the faults; nil is nothing

	PageCap   int // of a Data Center: rows on a page of search; 0 is 1000
	Window    int // of a Data Center: how deep startAt + maxResults reach; 0 is 10000
	Allowance int // of a Data Center: tokens of its rate limit; 0 is no end
}

// World is one Jira site. It is safe for concurrent use.
type World struct {
	settings Settings
	faults   *simulator.Faults
	truth    simulator.Truth
	hooks    simulator.Hooks

	mu        sync.Mutex
	site      site
	issues    map[string]*issue // by id
	order     []*issue          // as they were added
	byKey     map[string]*issue // every key an issue has had; the latest owner wins
	guise     Guise
	last      counters
	allowance allowance
	recorded  object // what the changelog has got since the last commit
	version   int    // moves with every change; the search cache hangs on it
	cache     results
	growth    *growth             // nil when nothing has grown
	lagging   bool                // search is behind with some issue
	portal    map[string][]string // what customers were shown of comments, by issue id
}

// counters are the last numbers given out.
type counters struct {
	issue, comment, link, history, meta, event int64
	key                                        map[string]int64 // by project key
}

// New returns an empty site with Jira's own fields and the account as its only
// user.
func New(s Settings) *World {
	if s.Clock == nil {
		s.Clock = time.Now
	}
	if s.Watch == nil {
		s.Watch = func(own http.Handler) http.Handler { return own }
	}
	if s.Zone == nil {
		s.Zone = time.UTC
	}
	orElse(&s.SiteName, "example")
	orElse(&s.CloudID, "11111111-2222-4333-8444-555555555555")
	orElse(&s.BaseURL, "https://"+s.SiteName+".atlassian.net"+s.Context)
	orElse(&s.Account, "557058:bot")
	s.PageCap, s.Window = cmp.Or(s.PageCap, usualCap), cmp.Or(s.Window, usualWindow)
	w := &World{
		settings: s, faults: simulator.NewFaults(s.Seed),
		issues: map[string]*issue{}, byKey: map[string]*issue{}, portal: map[string][]string{},
		last: counters{issue: 10000, comment: 10000, link: 10000, history: 10000, meta: 10100, key: map[string]int64{}},
	}
	w.site.users = map[string]User{}
	w.site.fields = systemFields()
	if s.Edition == DataCenter {
		w.site.fields = datacenterFields()
	}
	w.AddUser(User{ID: s.Account, Name: "Automation", Email: s.User, Zone: s.Zone.String(), App: true})
	return w
}

func orElse(s *string, value string) {
	if *s == "" {
		*s = value
	}
}

// Handler is the site over HTTP, with faults, truth and the admin paths of
// connectors/simulator.
func (w *World) Handler() http.Handler {
	return simulator.Delayed(w.settings.Latency, simulator.Handler(w.settings.Watch(w.routes()), w.faults, &w.truth, w.settings.Clock))
}

// Start serves the site on a loopback address such as "127.0.0.1:0" and makes
// the URL its base. stop ends it, and what its hooks have on their way.
func (w *World) Start(addr string) (url string, stop func(), err error) {
	return w.StartWith(addr, func(own http.Handler) http.Handler { return own })
}

// StartWith is Start with something around the handler, such as paths of its own.
func (w *World) StartWith(addr string, around func(http.Handler) http.Handler) (url string, stop func(), err error) {
	url, closed, err := simulator.Serve(addr, around(w.Handler()))
	if err == nil {
		url += w.settings.Context
		w.mu.Lock()
		w.settings.BaseURL = url
		w.mu.Unlock()
	}
	return url, func() { w.hooks.Close(); closed() }, err
}

// Faults are the site's fault rules.
func (w *World) Faults() *simulator.Faults { return w.faults }

// Truth is the log of all requests.
func (w *World) Truth() *simulator.Truth { return &w.truth }

// Hooks are the site's webhooks: jira:issue_created, jira:issue_updated,
// jira:issue_deleted, comment_created, comment_updated, comment_deleted.
func (w *World) Hooks() *simulator.Hooks { return &w.hooks }

// now is the site's time, in the milliseconds that Jira keeps.
func (w *World) now() time.Time { return w.settings.Clock().Truncate(time.Millisecond) }
