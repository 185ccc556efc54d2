package engine

// Rank compares the order of the backlog with what should decide it.
type Rank struct {
	// Features waiting to be begun, and how many of them lack an input of WSJF.
	Features    int       `json:"features"`
	WithoutWSJF int       `json:"without_wsjf"`
	Unscored    []Summary `json:"unscored"` // at most ten of these, as they are ranked
	// Inversions are features that stand below one with a lower WSJF, in one
	// tracker's order; at most 20, the furthest first.
	Inversions []Inversion `json:"inversions"`
	// Children are stories of one team in another order than their features,
	// among the first 30; at most 20.
	Children []ChildInversion `json:"children"`
}

// Inversion is two features in the wrong order.
type Inversion struct {
	Above     Summary `json:"above"`
	Below     Summary `json:"below"`
	AboveWSJF float64 `json:"above_wsjf"`
	BelowWSJF float64 `json:"below_wsjf"`
	Places    int     `json:"places"` // how many places further up below belongs by its WSJF
}

// ChildInversion is two stories whose features stand the other way round.
type ChildInversion struct {
	Above       Summary `json:"above"`
	Below       Summary `json:"below"`
	AboveParent Summary `json:"above_parent"` // ranked below the other parent
	BelowParent Summary `json:"below_parent"`
}

// Dependency says that one item waits for another, across teams or trackers;
// both are open.
type Dependency struct {
	From  Summary `json:"from"` // what has to be done first
	To    Summary `json:"to"`   // what waits for it
	Cross string  `json:"cross"`
	// Order is how From is planned against To: "before" is well; "same" is the
	// same iteration or, where one has none, the same increment; "after" is
	// later than needed; "unplanned" means that one of them is not planned.
	Order     string `json:"order"`
	By        string `json:"by"`     // what Order compares: "iteration", "increment", ""
	Ready     string `json:"ready"`  // the last day of what From is planned for
	Needed    string `json:"needed"` // the first day of what To is planned for
	Unplanned string `json:"unplanned"`
}

// DependencyCounts counts all open dependencies across teams or trackers by
// their order.
type DependencyCounts struct {
	All       int `json:"all"`
	Before    int `json:"before"`
	Same      int `json:"same"`
	After     int `json:"after"`
	Unplanned int `json:"unplanned"`
}

// Cycle is items that wait for each other in a circle.
type Cycle struct {
	Keys []string `json:"keys"` // sorted
}

// SetIncrements are the planning intervals around today, and the one that is
// judged where that is the subject. One that there is not has no name.
type SetIncrements struct {
	Previous SetIncrement `json:"previous"`
	Current  SetIncrement `json:"current"`
	Next     SetIncrement `json:"next"`
	Judged   SetIncrement `json:"judged"`
}

// SetIncrement is an increment with what is planned for it: of the team, of the
// train, or of all of an increment's train.
type SetIncrement struct {
	Name     string `json:"name"`
	Train    string `json:"train"`
	Start    string `json:"start"`
	End      string `json:"end"`
	State    string `json:"state"`                    // "past", "active", "future"
	StartsIn *int   `json:"starts_in_days,omitempty"` // negative when it has begun
	EndsIn   *int   `json:"ends_in_days,omitempty"`

	Features      []SetFeature `json:"features"` // at most 100, those with the fewest ready stories first
	FeaturesAll   int          `json:"features_all"`
	FeaturesReady int          `json:"features_ready"` // with stories, all of which are ready, begun or done
	FeaturesDone  int          `json:"features_done"`
	Stories       Amount       `json:"stories"` // planned for it
	StoriesDone   Amount       `json:"stories_done"`
	Capacity      *float64     `json:"capacity,omitempty"` // points: the sum of its iterations' capacity

	Objectives     []Objective    `json:"objectives"`
	WithObjectives []string       `json:"teams_with_objectives"`    // of its train
	NoObjectives   []string       `json:"teams_without_objectives"` // of its train
	Predictability Predictability `json:"predictability"`

	Baseline Baseline     `json:"baseline"`
	Changes  ScopeChanges `json:"changes"`
}

// SetFeature is a feature with its stories, wherever they are.
type SetFeature struct {
	Feature     Summary `json:"feature"`
	Stories     int     `json:"stories"`
	Ready       int     `json:"ready"` // ready, begun or done
	Done        int     `json:"done"`
	Unestimated int     `json:"unestimated"`
	Points      float64 `json:"points"`
}

// Objective is what a team or train wants to have reached by the end of an
// increment.
type Objective struct {
	Title     string   `json:"title"`
	Team      string   `json:"team"` // empty: the train's own
	Committed bool     `json:"committed"`
	Planned   *float64 `json:"planned,omitempty"` // business value, 1 to 10
	Actual    *float64 `json:"actual,omitempty"`  // given at Inspect & Adapt
	Measure   string   `json:"measure"`
}

// Predictability is the actual value of all objectives over the planned value
// of the committed ones; more than 100 % is legitimate.
type Predictability struct {
	Evaluated bool     `json:"evaluated"` // every objective has its actual value, or is not committed
	Planned   float64  `json:"planned"`
	Actual    float64  `json:"actual"`
	Percent   *float64 `json:"percent,omitempty"` // only when evaluated
}

// Baseline is what was planned when planning ended; Frozen is empty before.
type Baseline struct {
	Frozen     string  `json:"frozen"`
	Features   int     `json:"features"`
	Points     float64 `json:"points"` // of stories planned for the increment then
	Objectives int     `json:"objectives"`
	Capacity   float64 `json:"capacity"`
}

// ScopeChanges is what differs from the baseline now.
type ScopeChanges struct {
	Added             []Summary        `json:"added"`   // features, at most 20
	Removed           []Removed        `json:"removed"` // features, at most 20
	AddedAll          int              `json:"added_all"`
	RemovedAll        int              `json:"removed_all"`
	ObjectivesAdded   []string         `json:"objectives_added"`
	ObjectivesRemoved []string         `json:"objectives_removed"`
	ObjectivesChanged []string         `json:"objectives_changed"` // planned value or commitment
	Capacity          []CapacityChange `json:"capacity"`
}

// Removed is a feature of the baseline that is not planned for the increment
// any more, as it was called then.
type Removed struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

// CapacityChange is a team's capacity in an iteration that is not what it was.
type CapacityChange struct {
	Team      string  `json:"team"`
	Iteration string  `json:"iteration"`
	Before    float64 `json:"before"`
	Now       float64 `json:"now"`
}

// SetCapacity is how many points a team can do in an iteration.
type SetCapacity struct {
	Team      string  `json:"team"`
	Iteration string  `json:"iteration"`
	Points    float64 `json:"points"`
}

// SetRisk is a programme risk with its ROAM state.
type SetRisk struct {
	Title     string `json:"title"`
	Increment string `json:"increment"`
	ROAM      string `json:"roam"` // "resolved", "owned", "accepted", "mitigated"; empty: not dealt with
	Owner     string `json:"owner"`
	Raised    string `json:"raised"`
	AgeDays   *int   `json:"age_days,omitempty"` // since raised
}

// Investment is the share of its work that a train wants to put into a kind or
// a theme, in percent.
type Investment struct {
	Kind  string  `json:"kind"`  // "business", "enabler", "bug" …; empty: a theme
	Theme string  `json:"theme"` // empty: a kind
	Share float64 `json:"share"`
}

// SetTeam is a team of the train in numbers.
type SetTeam struct {
	Name     string   `json:"name"`
	Owned    bool     `json:"owned"`   // the settings name its Product Owner
	Stories  int      `json:"stories"` // open
	Ready    int      `json:"ready"`
	Active   int      `json:"active"`
	Velocity Velocity `json:"velocity"`
}

// SetConnection is what only concerns a connection.
type SetConnection struct {
	Unmapped     []TypeCount `json:"unmapped_types"` // types of no level, with their items; at most 20
	WithoutTeam  []Summary   `json:"without_team"`   // open items of no team, at most 20
	TeamShare    float64     `json:"team_share"`     // of open items that have a team, 0 to 1
	TrainShare   float64     `json:"train_share"`    // of open items whose team has a train
	Hidden       int         `json:"hidden"`         // items that the tracker names and does not show
	Broken       int         `json:"broken"`         // items that could not be read
	Missing      int         `json:"missing"`        // items that are not shown any more
	SeveralTeams int         `json:"several_teams"`  // open items that the settings give to several teams
}

// TypeCount is a type of the tracker with how many items it has.
type TypeCount struct {
	Project string `json:"project"` // its id
	Name    string `json:"name"`
	Items   int    `json:"items"`
}
