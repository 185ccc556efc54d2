package engine

import "github.com/trackwarden/trackwarden/backlog"

// Policy is one rule with what its METADATA says.
type Policy struct {
	ID      string              // "story/too-big": the folder and the file's name
	Level   backlog.Level       // the folder: an item's level, or "team", "train", "increment", "connection"
	Subject backlog.SubjectKind // what it judges: items on the levels of a backlog, else what the folder is called

	Title       string // the finding in three words, without a full stop
	Description string // what exactly is looked at
	Why         string // why it matters to the people who use the backlog
	Remedy      string // what would be enough, one sentence
	Example     string // Markdown: how enough looks; may be empty
	Practice    string // the practice it serves: "readiness", "planning" …
	Label       string // the specific label, without the prefix of the settings
	Severity    backlog.Severity

	Requires  []backlog.Field // when one of them is not used where the subject lives, the policy is skipped there
	Committed bool            // also judged on committed work; otherwise that is skipped
	Grace     int             // days after creation in which it is skipped
	Writes    bool            // in the recommended set that may write on items
	Bundles   []string        // the sets of policies that it belongs to; one that belongs to none always holds

	Reads backlog.Reads // what it looks at beside the subject, itself or through lib

	Params     map[string]Param // by name
	References []string         // addresses of further reading
}

// Param is a parameter of a policy.
type Param struct {
	Default     any    // a string, float64, bool, or a list of them
	Type        string // "number", "string", "boolean", "array"
	Description string
}
