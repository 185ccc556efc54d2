package backlog

import "time"

// Item is one issue or work item, normalized. Text is Markdown whatever the
// tracker sends. Absent numbers and times are nil or zero, never a default.
type Item struct {
	ID      ItemID  `json:"id"`
	Project Project `json:"project"`
	Key     string  `json:"key"` // what people call it: "SHOP-147", or the number in Azure DevOps
	URL     string  `json:"url"` // the page a person opens
	Title   string  `json:"title"`

	Type  string `json:"type"` // the tracker's own type name
	Level Level  `json:"level,omitempty"`
	Kind  Kind   `json:"kind,omitempty"`
	State State  `json:"state"`

	Body string `json:"body,omitempty"` // the description
	Text Text   `json:"text,omitzero"`  // what was read out of the texts

	Parent *Ref   `json:"parent,omitempty"`
	Links  []Link `json:"links,omitempty"`

	Labels     []string    `json:"labels,omitempty"`
	Components []string    `json:"components,omitempty"`
	Area       string      `json:"area,omitempty"` // Azure area path
	Iterations []Iteration `json:"iterations,omitempty"`
	Versions   []string    `json:"versions,omitempty"` // Jira fix versions

	Points   *float64 `json:"points,omitempty"`
	Priority string   `json:"priority,omitempty"`
	Rank     string   `json:"rank,omitempty"` // compares as text within one backlog
	WSJF     WSJF     `json:"wsjf,omitzero"`
	Theme    string   `json:"theme,omitempty"`
	Persona  string   `json:"persona,omitempty"`
	Assignee *Person  `json:"assignee,omitempty"`
	Author   *Person  `json:"author,omitempty"`
	Due      string   `json:"due,omitempty"` // YYYY-MM-DD

	Created  time.Time `json:"created"`
	Changed  time.Time `json:"changed"`
	Revision string    `json:"revision"` // opaque; differs whenever the tracker saw an edit
	// Activity is the last change that was not our own writing. Connectors
	// leave it zero; the store keeps it. Age and settling are counted from it.
	Activity time.Time `json:"activity,omitzero"`

	Custom map[string]any `json:"custom,omitempty"` // values of the fields that settings name beyond the known ones
	Filled FieldSet       `json:"filled"`           // the known fields that have a value here
}

// Project is the tracker's project that holds an item.
type Project struct {
	ID   string `json:"id"`
	Key  string `json:"key"`
	Name string `json:"name"`
}

// State keeps the tracker's own state beside the normalized one. Since is when
// the item entered it, zero when the tracker did not say.
type State struct {
	Category Category  `json:"category"`
	Native   string    `json:"native"`
	Since    time.Time `json:"since,omitzero"`
}

// WSJF holds the inputs of Weighted Shortest Job First as SAFe defines them:
// user-business value, time criticality, risk reduction or opportunity
// enablement, and job size. Job size is not story points.
type WSJF struct {
	Value       *float64 `json:"value,omitempty"`
	Criticality *float64 `json:"criticality,omitempty"`
	Risk        *float64 `json:"risk,omitempty"`
	Size        *float64 `json:"size,omitempty"`
}

// Person is somebody as the tracker knows them. ID is the tracker's account id.
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
}

// Iteration is a sprint of Jira or an iteration path of Azure DevOps. Start
// and End are zero when it is not scheduled.
type Iteration struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Path  string    `json:"path,omitempty"`  // Azure iteration path
	Board string    `json:"board,omitempty"` // Jira board id: sprints of different boards do not follow each other
	State string    `json:"state,omitempty"` // "active", "future" or "closed" where the tracker says it
	Start time.Time `json:"start,omitzero"`
	End   time.Time `json:"end,omitzero"`
}

// LinkType is the meaning of a link, normalized. Other native types are kept
// as Relates.
type LinkType string

// The link types that policies tell apart.
const (
	Blocks     LinkType = "blocks" // from the blocker to the blocked; "depends on" is its inward side
	Duplicates LinkType = "duplicates"
	Relates    LinkType = "relates"
)

// Direction says on which side of a link an item stands.
type Direction string

// The sides. Outward of Blocks means: this item blocks the other.
const (
	Outward Direction = "outward"
	Inward  Direction = "inward"
)

// Link ties an item to another, perhaps in another tracker.
type Link struct {
	Type      LinkType  `json:"type"`
	Direction Direction `json:"direction"`
	Native    string    `json:"native,omitempty"` // the tracker's own words
	To        Ref       `json:"to"`
}
