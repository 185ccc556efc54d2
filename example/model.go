package example

// Item is one issue or work item of the example, in words that fit both
// trackers.
type Item struct {
	Key   string // "SHOP-1" in Jira; the number in Azure Boards
	Team  string
	Type  string // "Epic", "Story", "Bug" in Jira; "Feature", "User Story", "Bug" in Azure Boards
	Title string
	// Parent is a key in the same tracker; Across is one in the other, told by
	// a link that says "parent".
	Parent, Across string

	As, Want, So string // the user story
	Criteria     []string
	Inline       bool // criteria under a heading of the description instead of in their field
	Hypothesis   string
	Measure      string

	State   State
	Owner   string // a person's name in people
	Sprint  Sprint
	Points  float64
	Created int // days ago
	Touched int // days ago
	Theme   string
	Persona string
	Labels  []string
	WSJF    [4]float64 // value, criticality, risk reduction, job size
	Enabler bool

	// Waits names what the item depends on; a key of the other tracker makes a
	// link across.
	Waits []string

	// Planted are the policies that must find something here; nothing else may
	// be found anywhere.
	Planted []string
}

// State is where an item is in its life.
type State int

// The states, as both trackers have them.
const (
	ToDo State = iota
	Doing
	Done
)

// Sprint says in which iteration an item is.
type Sprint int

// The iterations. Now runs on the day on which the example is built.
const (
	None Sprint = iota
	Past
	Now
	Next
)

// OnJira reports whether the item is in Jira.
func (i Item) OnJira() bool { return onJira(i.Key) }

func onJira(key string) bool { return key != "" && (key[0] < '0' || key[0] > '9') }
