package azuresim

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// SignIn is how the service answers a reader whose token it refuses.
type SignIn string

// The guises of a refused token, seen in the wild. A writer always gets 401.
const (
	SignInPage     SignIn = "page"     // 203 with an HTML page
	SignInRedirect SignIn = "redirect" // 302 to the sign-in page
	SignInRefused  SignIn = "refused"  // 401, as a Server does
)

// Settings of a World. The zero value is an organisation "fabrikam" that
// accepts any token.
type Settings struct {
	Edition    Edition // empty is Services
	Path       string  // of a Server's collection, such as "/tfs/DefaultCollection"; empty is /Organisation
	Negotiates bool    // a Server answers who asks for a version too new in its newest one, instead of 400
	Feeds      Feeds   // whether the reporting feeds are to be had

	Latency time.Duration // of every answer

	Watch func(http.Handler) http.Handler // wraps the organisation's own handler, inside the faults; nil is nothing

	Clock        func() time.Time // default time.Now
	Organisation string           // first segment of every path
	InstanceID   string           // GUID; default derived from the organisation
	Account      Identity         // whose token it is: the author of what comes by HTTP
	Person       Identity         // who edits by the methods of World
	Token        string           // the one accepted; empty accepts any
	SignIn       SignIn           // default SignInPage; on a Server SignInRefused
	Quiet        bool             // the account may suppress notifications
	FeedPage     int              // rows of a feed's batch when the client names no size; default 1000
	Seed         uint64           // of the faults' chances
}

// World is one organisation. The embedded Person is Settings.Person, so that
// w.AddTag(7, "x") is an edit by a human being. It is safe for concurrent use.
type World struct {
	Person
	settings Settings
	faults   *simulator.Faults
	truth    simulator.Truth
	hooks    simulator.Hooks
	routes   []route
	address  string // canonical: how addresses are kept

	mu        sync.Mutex
	projects  []*project
	fields    map[string]*field // by reference name in lower case
	items     map[int]*item
	links     map[int][]*link // by the id of either end, oldest first
	revisions []*revision     // of all items, in the order they were made
	linkLog   []*link         // by last change
	people    map[string]map[string]any
	denied    map[Permission]bool
	last      counters
	growth    *growth // nil when nothing has grown
}

// counters number what the organisation numbers.
type counters struct{ item, node, comment, watermark, relation, event int }

// New returns an empty organisation.
func New(s Settings) *World {
	if s.Clock == nil {
		s.Clock = time.Now
	}
	if s.Watch == nil {
		s.Watch = func(own http.Handler) http.Handler { return own }
	}
	if s.Organisation == "" {
		s.Organisation = "fabrikam"
	}
	if s.InstanceID == "" {
		s.InstanceID = guid("organisation", s.Organisation)
	}
	if s.Account == (Identity{}) {
		s.Account = Identity{Name: "Backlog Bot", Mail: "bot@" + s.Organisation + ".example"}
	}
	if s.Person == (Identity{}) {
		s.Person = Identity{Name: "Hanna Human", Mail: "hanna@" + s.Organisation + ".example"}
	}
	if s.SignIn == "" && s.Edition == Server2022 {
		s.SignIn = SignInRefused
	}
	if s.FeedPage == 0 {
		s.FeedPage = 1000
	}
	w := &World{
		settings: s, faults: simulator.NewFaults(s.Seed), fields: map[string]*field{},
		items: map[int]*item{}, links: map[int][]*link{},
		people: map[string]map[string]any{}, denied: map[Permission]bool{},
	}
	w.address = "https://dev.azure.com/" + s.Organisation
	if s.Edition == Server2022 {
		w.address = "https://" + strings.ToLower(s.Organisation) + ".example" + w.root()
	}
	w.Person = Person{world: w, who: s.Person}
	w.denied[SuppressNotifications] = !s.Quiet
	w.routes = routes()
	for _, f := range systemFields() {
		w.fields[key(f.Ref)] = f
	}
	w.person(s.Account)
	w.person(s.Person)
	return w
}

// Handler serves the organisation, with faults, truth and their admin paths.
func (w *World) Handler() http.Handler {
	return simulator.Delayed(w.settings.Latency, simulator.Handler(w.settings.Watch(http.HandlerFunc(w.serve)), w.faults, &w.truth, w.settings.Clock))
}

// Start serves on a loopback address ("127.0.0.1:0" takes any port). The url
// ends with the organisation, or with the path of the collection.
func (w *World) Start(addr string) (url string, stop func(), err error) {
	return w.StartWith(addr, func(own http.Handler) http.Handler { return own })
}

// StartWith is Start with something around the handler, such as paths of its own.
func (w *World) StartWith(addr string, around func(http.Handler) http.Handler) (url string, stop func(), err error) {
	url, closed, err := simulator.Serve(addr, around(w.Handler()))
	if err != nil {
		return "", nil, fmt.Errorf("start organisation %s: %w", w.settings.Organisation, err)
	}
	url += w.root()
	if w.onServer() {
		w.rehost(url)
	}
	return url, func() { w.hooks.Close(); closed() }, nil
}

// Faults are the rules that requests meet.
func (w *World) Faults() *simulator.Faults { return w.faults }

// Truth is the log of all requests and of what they changed.
func (w *World) Truth() *simulator.Truth { return &w.truth }

// Hooks are the service hooks: workitem.created, workitem.updated,
// workitem.commented, workitem.deleted, workitem.restored. They know Basic
// credentials and no signature.
func (w *World) Hooks() *simulator.Hooks { return &w.hooks }

// now is the world's time as the service keeps it, in UTC and milliseconds.
func (w *World) now() time.Time { return w.settings.Clock().UTC().Truncate(time.Millisecond) }

// tick returns the next watermark: the one count of everything that happens.
func (w *World) tick() int {
	w.last.watermark++
	return w.last.watermark
}

// guid derives an id from what it names, so that one world is like the next.
func guid(kind, name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("azuresim/"+kind+"/"+name)).String()
}
