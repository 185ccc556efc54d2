package backlog

// Reads says what policies look at beside the item itself. Only that is loaded.
type Reads struct {
	Parent, Children, Links bool // neighbours, one hop away
	Custom                  bool // the fields that settings name beyond the known ones
	Timing                  bool // where it stands in time, and days to what lies ahead
	Wording                 bool // how the user story is worded, which has to be worked out
}

// With is what both look at.
func (r Reads) With(other Reads) Reads {
	return Reads{
		Parent: r.Parent || other.Parent, Children: r.Children || other.Children,
		Links: r.Links || other.Links, Custom: r.Custom || other.Custom,
		Wording: r.Wording || other.Wording, Timing: r.Timing || other.Timing,
	}
}

// AllReads looks at everything there is.
func AllReads() Reads {
	return Reads{Parent: true, Children: true, Links: true, Custom: true, Timing: true, Wording: true}
}

// Batch is a piece of what has to be judged. Its items, and their neighbours,
// come without what judging never reads: their body, author and revision.
type Batch struct {
	Families []Family
	Marks    []Dirty // those that it answers; a subject that is no longer judged has no family
	Walk     Walk    // where a walk stands when this is judged; zero for a batch of marked subjects
}

// Walk is the judging of everything of a connection, in the order in which the
// items were first stored. What it has passed counts as judged on its basis
// and day.
type Walk struct {
	Connection string
	Basis      string // what items are judged on beside themselves
	Today      string // YYYY-MM-DD
	Reached    int64  // the number of the last item judged
	Seq        int64  // marks up to this one are answered by what was loaded
}
