package reliability

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/jira"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// lag is how far the search of a simulated Jira is behind, and so how far the
// store may be.
const lag = 90 * time.Second

// seeds of the random worlds: always the same one, so that nobody is failed by
// chance. TRACKWARDEN_LONG=1 adds five new ones; TRACKWARDEN_SEED=n runs one
// alone, and TRACKWARDEN_EDITS=n says how long. The same seed does the same
// edits between the same requests.
func seeds(t *testing.T) []uint64 {
	if n, err := strconv.ParseUint(os.Getenv("TRACKWARDEN_SEED"), 10, 64); err == nil {
		return []uint64{n}
	}
	all := []uint64{1}
	if os.Getenv("TRACKWARDEN_LONG") != "" {
		fresh := uint64(time.Now().UnixNano()) % 1_000_000
		all = append(all, fresh, fresh+1, fresh+2, fresh+3, fresh+4)
	}
	t.Logf("seeds %v", all)
	return all
}

func edits() int {
	n, _ := strconv.Atoi(os.Getenv("TRACKWARDEN_EDITS"))
	return cmp.Or(n, 1000)
}

// editor edits a world between every two requests, until it has done enough.
type editor struct {
	mu    sync.Mutex
	rand  *rand.Rand
	clock *clock
	left  int
	edit  func(r *rand.Rand) error
	fails []error
}

func newEditor(seed uint64, clock *clock, edit func(*rand.Rand) error) *editor {
	return &editor{rand: rand.New(rand.NewPCG(seed, seed)), clock: clock, left: edits(), edit: edit}
}

// between is called before a request is served.
func (e *editor) between() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.left == 0 {
		return
	}
	e.left--
	e.clock.move(time.Duration(e.rand.IntN(20_000)) * time.Millisecond)
	if err := e.edit(e.rand); err != nil {
		e.fails = append(e.fails, err)
	}
}

func (e *editor) enough() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.left == 0
}

// edited passes over a world until all edits are done, then at rest, and counts
// how many passes did not end well.
func (h *house) edited(e *editor) (site backlog.Site) {
	h.t.Helper()
	failed, passes := 0, 0
	for ; !e.enough(); passes++ {
		if o := h.pass(); o.Err != nil {
			failed++
			h.t.Log(o.Err)
		}
		h.clock.move(time.Minute)
		if passes > 10*edits() {
			h.t.Fatal("nobody asks any more")
		}
	}
	for _, err := range e.fails {
		h.t.Errorf("an edit was refused: %v", err)
	}
	if failed > passes/10 {
		h.t.Errorf("%d of %d passes failed", failed, passes)
	}
	h.clock.move(lag)
	for range 6 { // long enough for a census that is not the first to lack something
		for range 2 {
			if o := h.pass(); o.Err != nil {
				h.t.Fatal(o.Err)
			} else {
				site = o.Site
			}
		}
		h.clock.move(25 * time.Hour)
	}
	return site
}

func client(t *testing.T, s rest.Settings) *rest.Client {
	t.Helper()
	s.Rate, s.Burst, s.Token = 5000, 500, func() (string, error) { return "token", nil }
	c, err := rest.New(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// O6, R02, R03, R05, R12, R15: whatever people do between any two requests, the
// store ends equal to the tracker.
func TestO6JiraIsMirroredThroughAThousandEdits(t *testing.T) {
	for _, seed := range seeds(t) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			clock := &clock{now: begun}
			world := jirasim.New(jirasim.Settings{Clock: clock.Now, SiteName: "shop", User: "bot@shop.example", Token: "token", IndexLag: lag, Seed: seed})
			people := newJiraPeople(world)
			url, stop, err := world.Start("127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(stop)
			stack := rest.Settings{BaseURL: url, User: "bot@shop.example", ReadPOST: jira.ReadPOST(), Verify: jira.Verify}
			tracker, err := jira.New(jira.Settings{Connection: connection, URL: url, Projects: []string{"SHOP", "PAY"}, PageSize: 7}, client(t, stack), nil)
			if err != nil {
				t.Fatal(err)
			}
			e := newEditor(seed, clock, people.edit)
			world.Faults().Add(simulator.Rule{Do: e.between})
			h := newHouse(t, clock, tracker, 1)
			site := h.edited(e)
			h.equals(site, people.everyone(site.ID))
			people.checks(h, site)
		})
	}
}

func TestO6AzureIsMirroredThroughAThousandEdits(t *testing.T) {
	for _, seed := range seeds(t) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			clock := &clock{now: begun}
			world := azuresim.New(azuresim.Settings{Clock: clock.Now, Organisation: "shop", Token: "token", Seed: seed})
			people, err := newAzurePeople(world)
			if err != nil {
				t.Fatal(err)
			}
			url, stop, err := world.Start("127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(stop)
			stack := rest.Settings{BaseURL: url, BasicPAT: true, ReadPOST: azuredevops.ReadPOST(), Verify: azuredevops.Verify}
			tracker, err := azuredevops.New(azuredevops.Settings{Connection: connection, URL: url, Projects: []string{"Shop", "Pay"}, BatchSize: 7, RangeSize: 20}, client(t, stack), nil)
			if err != nil {
				t.Fatal(err)
			}
			e := newEditor(seed, clock, people.edit)
			world.Faults().Add(simulator.Rule{Do: e.between})
			h := newHouse(t, clock, tracker, 1)
			site := h.edited(e)
			h.equals(site, people.everyone(site.ID))
			people.checks(h, site)
		})
	}
}
