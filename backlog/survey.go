package backlog

// Surveyed is an item as it is counted for its team, train, increment and
// connection: without its texts' body, author and revision.
type Surveyed struct {
	Stored
	Number  int64 // the item's number in the store
	Above   int64 // its parent's number; 0: none, or not known
	Unready bool  // a finding that was asked for is open on it, and not dismissed
}

// Tie is a dependency between two items, by their numbers in the store: From
// blocks To.
type Tie struct{ From, To int64 }

// Baseline is what was planned for an increment when its planning ended. It is
// frozen once.
type Baseline struct {
	Train      string           `json:"train"`
	Increment  string           `json:"increment"`
	Frozen     string           `json:"frozen"` // YYYY-MM-DD
	Features   []PlannedFeature `json:"features"`
	Stories    int              `json:"stories"` // planned for it then
	Points     float64          `json:"points"`  // of these
	Iterations []PlannedPart    `json:"iterations"`
	Objectives []Objective      `json:"objectives"`
	Capacity   []Capacity       `json:"capacity"` // of the iterations that lie in it
}

// PlannedFeature is a feature as it was when planning ended.
type PlannedFeature struct {
	ID     string  `json:"id"` // of its ItemID
	Key    string  `json:"key"`
	Title  string  `json:"title"`
	URL    string  `json:"url"`
	Team   string  `json:"team"`
	Points float64 `json:"points"` // of its stories
}

// PlannedPart is what a team had planned for an iteration.
type PlannedPart struct {
	Team   string  `json:"team"`
	Name   string  `json:"name"`
	Start  string  `json:"start"` // YYYY-MM-DD
	End    string  `json:"end"`
	Items  int     `json:"items"`
	Points float64 `json:"points"`
}

// Several reports whether the settings give an item of a connection to more
// than one team.
func (o *Organisation) Several(connection string, item *Item) bool {
	found := false
	for i := range o.Teams {
		if anyFits(o.Teams[i].Match, connection, item) {
			if found {
				return true
			}
			found = true
		}
	}
	return false
}

// MayHave reports whether a team may have items of a project, by its key, as
// far as its conditions tell.
func (t *Team) MayHave(source Source) bool {
	for _, m := range t.Match {
		if fits(m.Connection, source.Connection) && fits(m.Project, source.Project) {
			return true
		}
	}
	return false
}
