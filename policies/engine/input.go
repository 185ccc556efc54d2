package engine

import "github.com/trackwarden/trackwarden/backlog"

// InputSchema is the version of the input document: input.schema. Fields are
// only ever added; a change of meaning would raise it.
const InputSchema = 1

// Input is all that a policy sees of one subject: the document `input` of
// Rego, field by field, as policies/input.schema.json describes it. A number
// that is not there is nil and has no key in the document, so a rule that
// reads it is undefined; a text that is not there is "". Dates are
// "YYYY-MM-DD".
type Input struct {
	Today string `json:"today"`
	// Level chooses the policies: the item's level, or the kind of any other
	// subject ("team", "train", "increment", "connection").
	Level   backlog.Level `json:"level"`
	Subject Subject       `json:"subject"`
	Text    Text          `json:"text"`
	Facts   Facts         `json:"facts"`

	Parent *Summary `json:"parent"` // nil: none, or not readable
	// ParentRef tells a missing parent from one that we may not read.
	ParentRef ParentRef `json:"parent_ref"`
	Children  []Summary `json:"children"`
	Links     []Link    `json:"links"`

	Team      Team      `json:"team"`
	Train     Train     `json:"train"`
	Increment Increment `json:"increment"`

	// Set is what there is of a team, train, increment or connection; nil, and
	// no key, for items.
	Set *Set `json:"set,omitempty"`

	// Settings holds every policy's parameters; zero means their defaults.
	Settings Settings `json:"settings"`

	// Known is what the organisation says there is.
	Known Known `json:"known"`
}

// Known lists what the settings of the organisation name; empty lists mean that
// they name none, and then nothing can be held against them.
type Known struct {
	Teams    []string `json:"teams"`
	Personas []string `json:"personas"`
	Themes   []string `json:"themes"`
}

// ParentRef says what is known of an item's parent.
type ParentRef string

// The states of a parent. Unreadable means that the tracker names one that we
// cannot see: such an item is no orphan.
const (
	ParentNone       ParentRef = ""
	ParentKnown      ParentRef = "known"
	ParentUnreadable ParentRef = "unreadable"
)

// Subject is what is judged. For a team, train or increment only Kind, ID and
// Title are filled.
type Subject struct {
	Kind  backlog.SubjectKind `json:"kind"`
	ID    string              `json:"id"`
	Key   string              `json:"key"` // what people call it: "SHOP-147"
	URL   string              `json:"url"`
	Title string              `json:"title"`

	Type     string       `json:"type"`      // the tracker's own type name
	ItemKind backlog.Kind `json:"item_kind"` // "" is ordinary business work
	State    State        `json:"state"`

	Points   *float64 `json:"points,omitempty"` // story points
	Priority string   `json:"priority"`         // the tracker's own word
	Rank     string   `json:"rank"`             // compares as text within one backlog
	WSJF     WSJF     `json:"wsjf"`
	Theme    string   `json:"theme"`
	Persona  string   `json:"persona"`
	Assignee string   `json:"assignee"` // account id
	Labels   []string `json:"labels"`

	Components []string  `json:"components"`
	Area       string    `json:"area"` // Azure area path
	Iteration  Iteration `json:"iteration"`
	Filled     []string  `json:"filled"` // the known fields that have a value here, by their words

	Created string `json:"created"` // date
	Changed string `json:"changed"` // date
	Due     string `json:"due"`     // date

	// Custom holds the values of the fields that settings name beyond the known
	// ones: texts, numbers, booleans, lists and maps of them.
	Custom map[string]any `json:"custom"`
}

// Iteration is a sprint or iteration: the running one of those that an item is
// in, else the next ahead, else the last past. Empty when it is in none.
type Iteration struct {
	Name  string `json:"name"`
	State string `json:"state"` // "active", "future", "past"; "" when it is not scheduled
	Start string `json:"start"` // date
	End   string `json:"end"`   // date, inside it
}

// State is the normalized state beside the tracker's own. Since is the date on
// which the subject entered it.
type State struct {
	Category backlog.Category `json:"category"`
	Native   string           `json:"native"`
	Since    string           `json:"since"`
}

// WSJF holds the inputs of Weighted Shortest Job First as SAFe defines them.
type WSJF struct {
	Value       *float64 `json:"value,omitempty"`
	Criticality *float64 `json:"criticality,omitempty"`
	Risk        *float64 `json:"risk,omitempty"`
	Size        *float64 `json:"size,omitempty"`
}

// Text is what was read out of the item's texts.
type Text struct {
	Criteria   []string `json:"criteria"` // acceptance criteria, one each
	Role       string   `json:"role"`     // "As a …"
	Means      string   `json:"means"`    // "I want …"
	Ends       string   `json:"ends"`     // "so that …"
	Hypothesis string   `json:"hypothesis"`
	Measure    string   `json:"measure"`
	Truncated  bool     `json:"truncated"` // a text was cut: absence proves nothing

	Headings []string `json:"headings"` // of the description
	Words    int      `json:"words"`    // of the description
	Story    Story    `json:"story"`    // how the user story is worded
}

// Story is how a user story is worded, by word lists of its language. It is
// worked out only when a policy reads it; Language is "" when there is no user
// story in a language that we know.
type Story struct {
	Language     string   `json:"language"` // "en", "de"
	Sentence     string   `json:"sentence"` // as written, on one line
	Words        int      `json:"words"`    // of the sentence
	Conjunctions []string `json:"conjunctions"`
	Vague        []string `json:"vague"`
	Repeated     []string `json:"repeated"` // parts that begin more than once: "role", "means", "ends"
	Brackets     bool     `json:"brackets"`
	Extra        string   `json:"extra"` // what follows the sentence on its line
	GenericRole  bool     `json:"generic_role"`
	// ReadingEase is Flesch's, in its form for the language; nil below ten words.
	ReadingEase *float64 `json:"reading_ease,omitempty"`

	Missing       []string `json:"missing"`        // parts that are not there: "role", "means", "ends"
	VagueCriteria []string `json:"vague_criteria"` // vague words of acceptance criteria, with a user story or without
}

// Facts are what the host works out, so that policies need no clock, no text
// work and no walk over the backlog. Days are whole and never negative.
type Facts struct {
	AgeDays      int      `json:"age_days"`             // since created
	IdleDays     int      `json:"idle_days"`            // since last activity
	StateDays    *int     `json:"state_days,omitempty"` // in this state; nil when the tracker does not say
	LastActivity string   `json:"last_activity"`        // date of the last change that was not our own
	NotDone      bool     `json:"not_done"`             // neither done nor removed
	Active       bool     `json:"active"`               // in progress
	Committed    bool     `json:"committed"`            // in progress, or in the active iteration
	Cycle        []string `json:"cycle"`                // keys of the dependency cycle it is in, sorted; empty when in none
	// ChildrenKnown says that Children is complete: only then does an empty
	// list mean that there are none.
	ChildrenKnown bool `json:"children_known"`
	// What the item's past tells; nil while it is not known.
	Reopened    *int `json:"reopened,omitempty"`     // how often it came back from done
	CarriedOver *int `json:"carried_over,omitempty"` // how often it left an iteration that had begun for another, not done
	DueMoved    *int `json:"due_moved,omitempty"`    // how often its due date was changed while in progress
	// Days from today, negative for what is past; nil where there is no such day.
	DueIn       *int `json:"due_in_days,omitempty"`
	IncrementIn *int `json:"increment_in_days,omitempty"` // to the first day of its increment
	IterationIn *int `json:"iteration_in_days,omitempty"` // to the first day of its iteration
}

// Summary is what policies see of an item one hop away: S in the house's
// words.
type Summary struct {
	ID        string        `json:"id"`
	Key       string        `json:"key"`
	URL       string        `json:"url"`
	Title     string        `json:"title"`
	Level     backlog.Level `json:"level"`
	State     SummaryState  `json:"state"`
	Team      string        `json:"team"`      // name
	Increment string        `json:"increment"` // name
	Theme     string        `json:"theme"`

	Type           string       `json:"type"`
	ItemKind       backlog.Kind `json:"item_kind"`
	Points         *float64     `json:"points,omitempty"`
	Priority       string       `json:"priority"`
	Due            string       `json:"due"`
	Labels         []string     `json:"labels"`
	Iteration      Iteration    `json:"iteration"`
	IncrementStart string       `json:"increment_start"` // dates of its increment
	IncrementEnd   string       `json:"increment_end"`
}

// SummaryState is a neighbour's state.
type SummaryState struct {
	Category backlog.Category `json:"category"`
	Native   string           `json:"native"`
}

// Link is a tie to another item; Item is nil while that is unknown to us.
type Link struct {
	Type      backlog.LinkType  `json:"type"`
	Direction backlog.Direction `json:"direction"`
	Item      *Summary          `json:"item"`
}

// Team is the subject's team; empty names mean that it has none.
type Team struct {
	Name  string `json:"name"`
	Train string `json:"train"` // name
}

// Train is the subject's release train.
type Train struct {
	Name    string    `json:"name"`
	Current Increment `json:"current"` // the one that holds today; empty between two
	Next    Increment `json:"next"`
}

// Increment is the planning interval that the subject is planned for, both
// dates inside it.
type Increment struct {
	Name  string `json:"name"`
	Start string `json:"start"`
	End   string `json:"end"`
}
