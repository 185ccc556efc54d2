package backlog

import "time"

// KnownProject is a project that is or was in scope, with what its last good
// census found and how far it can be trusted now.
type KnownProject struct {
	Project
	Census  time.Time     // when its identities were last counted well, by our clock; zero: never
	Size    int           // how many there were
	Gap     int           // how many of them are not stored
	Basis   string        // how that count is known to be whole
	Note    string        // what was not right with it, though it was whole
	State   CoverageState // now; empty before the first census
	Doubt   string        // why it is not complete
	Tried   time.Time     // the last attempt at a census
	Strikes int           // attempts in a row that did not end well
	// Accepted is set when a person declared that what the tracker shows now is
	// right: the next census is not held against what was there before.
	Accepted bool
	Departed time.Time // when it left the scope; zero while it is in it
}

// Comparison is a census held against the store.
type Comparison struct {
	Held    int      // items of the project that are stored and not missing
	Lacking []ItemID // in the census, and not stored in this project, or missing
	Absent  []ItemID // stored in this project, and not in the census
	Still   []ItemID // missing already, and not in the census either
}

// Unseen says what a census that can be trusted did not list.
type Unseen struct {
	Project  ProjectID
	Missing  []ItemID // the tracker does not show them
	Unlisted []ItemID // they are there, and the scope's query does not fit them
	At       time.Time
	// An item is gone when so many censuses in a row lacked it over this time.
	Censuses int
	Over     time.Duration
}

// Absences counts, for one project, the items that are missing now and those
// that left the scope or were given up in the last week.
type Absences struct{ Missing, Departed int }

// Canary is an item that has to be visible before anything is concluded from
// what is not.
type Canary struct {
	Key     string // as configured
	Item    ItemID
	Project string // id of the project that it was in
}

// Layout is how a type of a project was built when it was last as it should be.
type Layout struct {
	Project, Type string
	Fields        FieldSet
	Names         map[string]string // what people there call a field, by the field's word
}

// Suspension says that a field of a type cannot be trusted, so that policies
// that need it do not judge there.
type Suspension struct {
	Connection string
	Project    Project
	Type       string
	Field      Field
	Cause      SuspensionCause
	Reason     string // a full sentence
	Since      time.Time
}

// Source is where the field cannot be trusted.
func (s Suspension) Source() Source { return Source{s.Connection, s.Project.Key} }

// SuspensionCause is how it was noticed.
type SuspensionCause string

// The causes: the site no longer has the field as it was, or values vanished
// from many items at once.
const (
	ByLayout  SuspensionCause = "layout"
	ByEmptied SuspensionCause = "emptied"
)

// Emptied counts, since the last census, the changed items of a type that lost
// the value of a field and those that kept it.
type Emptied struct {
	Project, Type string
	Field         Field
	Lost, Kept    int
}

// LeftBehind is what is ours on an item that left the scope.
type LeftBehind struct {
	Item  ItemID
	Key   string
	URL   string
	Owned []Owned
}
