package backlog

import "time"

// What follows is what Trackwarden remembers. The store keeps these nouns; the
// rooms of sync read and write them.

// Stored is an item as the store holds it.
type Stored struct {
	Item
	Connection string
	Presence   Presence
	Cycle      []string // keys of the dependency cycle it is part of, sorted; nil when none
	History    *History // nil: not known. Its times are zero when the item was changed since it was read
}

// Family is an item with its neighbours, one hop away.
type Family struct {
	Stored
	Parent   *Stored  // nil: none, or not known (see Item.Parent)
	Children []Stored // everywhere, other trackers too
	Linked   []Neighbour
	Open     []Finding // dismissed ones too; filled where it is said
	Number   int64     // the item's number in the store
}

// Neighbour is the other end of a link; Item is nil while it is not known.
type Neighbour struct {
	Type      LinkType
	Direction Direction
	To        Ref
	Item      *Stored
}

// Edge says that one item blocks another.
type Edge struct{ From, To ItemID }

// Usage counts how often the known fields are filled on the items of one type
// in one project that were touched since a day.
type Usage struct {
	Site    SiteID
	Project string // id
	Type    string
	Items   int
	Filled  map[Field]int
}

// OwnedKind is what sort of annotation is ours.
type OwnedKind string

// The annotations. A refused label was ours until a person took it off: it is
// not put back, and if it comes back, it is theirs.
const (
	OwnedLabel   OwnedKind = "label"
	OwnedComment OwnedKind = "comment"
	RefusedLabel OwnedKind = "refused label"
)

// Owned is one annotation that we have put on an item and may take back.
type Owned struct {
	Item   ItemID
	Kind   OwnedKind
	Value  string   // the label, or the comment's id
	Hash   string   // of what a comment says
	Shows  []string // policies that a comment speaks of
	Intent string   // which intent put it there, or wrote it last
	Since  time.Time
	Told   time.Time // when it was written last
}

// IntentState is where an intent is in its life. At most one per item is open,
// that is planned, sent or unknown.
type IntentState string

// The states of an intent.
const (
	IntentPlanned  IntentState = "planned"
	IntentSent     IntentState = "sent"
	IntentUnknown  IntentState = "unknown"
	IntentApplied  IntentState = "applied"
	IntentRefused  IntentState = "refused"
	IntentReplaced IntentState = "abandoned" // nothing of it was sent
)

// Open reports whether the intent still has to be brought to an end.
func (s IntentState) Open() bool {
	return s == IntentPlanned || s == IntentSent || s == IntentUnknown
}

// Intent is a change that we have committed to before the first request.
type Intent struct {
	ID       string
	Change   Change
	PlanHash string
	State    IntentState
	Created  time.Time
	Steps    []IntentStep
}

// IntentStep is a step with what became of it. SentAt is zero until the
// request was about to leave.
type IntentStep struct {
	Step
	State   IntentState
	SentAt  time.Time
	Receipt Receipt
}

// Candidate is an item that planning has to look at: it has open findings, or
// something on it is ours.
type Candidate struct {
	Stored
	Open  []Finding
	Fixed []Finding // closed since our comment was posted
	Owned []Owned
	Busy  bool // an intent is open; nothing new is planned
	// PastDue is set while what became of the item is still to be read for its
	// present revision.
	PastDue bool
	// LinksDue is the same for links that its tracker keeps apart from it.
	LinksDue bool
	Known    int // how many intents there have been
	// Parked is the content hash of the last change that the tracker refused
	// as invalid, or denied within a day, with its reason. The same content is
	// not sent again.
	Parked, ParkedWhy string
	ParkedUntil       time.Time // when a denied one may be tried again; zero: not before its content changes
	Removals          []Removal // of our annotations within the last day, oldest first
	Look              Looked
	Digest            time.Time // since when the report tells of it in place of a comment; zero: it does not
}

// View is one item with everything that planning knows of it.
type View struct {
	Candidate
	// Comments are ours on the item, read just now. While only planning they
	// are not read: Fresh is false and the owned one is believed to be there.
	Comments []Comment
	Fresh    bool
}

// PassRecord is one pass over one connection.
type PassRecord struct {
	ID         int64
	Connection string
	Site       SiteID
	Started    time.Time
	Ended      time.Time
	Coverage   []Coverage
	Problem    string // why it did not end well; empty when it did
}

// Changes counts what a commit did to the store.
type Changes struct {
	New, Changed, Same, Broken int
	Emptied                    int  // known fields that lost their value
	LinksChanged               bool // the graph of dependencies has to be looked at again
}

// Add adds another commit's counts.
func (c *Changes) Add(other Changes) {
	c.New += other.New
	c.Changed += other.Changed
	c.Same += other.Same
	c.Broken += other.Broken
	c.Emptied += other.Emptied
	c.LinksChanged = c.LinksChanged || other.LinksChanged
}

// Dirty is a subject that has to be judged again. Seq tells one marking from
// the next: a subject marked again while it is being judged stays dirty.
type Dirty struct {
	Subject Subject
	Item    ItemID // of an item subject
	Number  int64  // of that item in the store
	Seq     int64
}

// Judged is a judgement with what it does to the findings of its subject.
type Judged struct {
	Judgement Judgement
	Opened    []Finding
	Kept      []Finding // still open, and say it in other words
	Stayed    int       // how many are still open and say the same
	Closed    []int64
	At        time.Time
	DirtySeq  int64
	Number    int64         // of the item in the store; 0 where it has to be looked for
	Input     func() string // the judgement's InputHash, worked out only when it is written; may be nil
	Vanished  bool          // the subject is no longer there: only the mark is removed
}

// FindingCount is how many findings of one policy are open on one connection.
type FindingCount struct {
	Connection, Policy string
	Severity           Severity
	Open               int
}

// Pause is a tracker's wish to be left alone.
type Pause struct {
	Connection string
	Class      string    // which requests wait: "everything", an endpoint, the writes on one item
	Until      time.Time // by the clock of whoever learnt of it
	Reason     string    // one line for people
}

// Some chooses items that are judged: every filled part must fit.
type Some struct {
	Connection string
	Project    string // key
	ProjectID  string
	Type       string
	Levels     []Level
	Teams      []string // by which they were judged last; "" is none
	Keys       []string // in whatever case
}
