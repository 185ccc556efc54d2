package config

import "github.com/trackwarden/trackwarden/backlog"

// Planning is what teams and trains plan by and no tracker holds. The lists may
// stand here or in small files, each with the same keys.
type Planning struct {
	// Folders with YAML files of the same lists, from this file's folder on. They are read when Trackwarden starts.
	Folders []string `yaml:"folders,omitempty" validate:"dive,required"`
	// What teams and trains want to have reached by the end of an increment.
	Objectives []Objective `yaml:"objectives,omitempty" validate:"dive"`
	// How many points a team can do in an iteration.
	Capacity []Capacity `yaml:"capacity,omitempty" validate:"dive"`
	// Risks to the plan of a train.
	Risks []PlanRisk `yaml:"risks,omitempty" validate:"dive"`
	// Shares of its work that a train wants to put into kinds and themes.
	Investment []Investment `yaml:"investment,omitempty" validate:"dive"`
}

// PlanFile is one file of a planning folder.
type PlanFile struct {
	// What teams and trains want to have reached by the end of an increment.
	Objectives []Objective `yaml:"objectives,omitempty" validate:"dive"`
	// How many points a team can do in an iteration.
	Capacity []Capacity `yaml:"capacity,omitempty" validate:"dive"`
	// Risks to the plan of a train.
	Risks []PlanRisk `yaml:"risks,omitempty" validate:"dive"`
	// Shares of its work that a train wants to put into kinds and themes.
	Investment []Investment `yaml:"investment,omitempty" validate:"dive"`
}

// Objective is what a team, or a whole train, wants to have reached by the end
// of an increment.
type Objective struct {
	// The team; left out, it is the train's own.
	Team string `yaml:"team,omitempty"`
	// The train; left out, the team's, or the only one.
	Train string `yaml:"train,omitempty"`
	// The increment, by its name.
	Increment string `yaml:"increment" validate:"required" jsonschema:"required"`
	// What it is, in a sentence.
	Title string `yaml:"title" validate:"required" jsonschema:"required"`
	// Planned business value, 1 to 10.
	Planned *float64 `yaml:"planned,omitempty" jsonschema:"minimum=1,maximum=10"`
	// Actual business value, given at Inspect & Adapt: 0 to 10.
	Actual *float64 `yaml:"actual,omitempty" jsonschema:"minimum=0,maximum=10"`
	// Committed, or else a stretch objective.
	Committed bool `yaml:"committed,omitempty"`
	// How one will know that it is reached.
	Measure string `yaml:"measure,omitempty"`
}

// Capacity is how many points a team can do in an iteration.
type Capacity struct {
	// The team.
	Team string `yaml:"team" validate:"required" jsonschema:"required"`
	// The iteration, by its name in the tracker.
	Iteration string `yaml:"iteration" validate:"required" jsonschema:"required"`
	// The increment that it belongs to; left out, the iteration's dates say it.
	Increment string `yaml:"increment,omitempty"`
	// The points.
	Points float64 `yaml:"points" jsonschema:"required,minimum=0"`
}

// PlanRisk is a risk to a train's plan.
type PlanRisk struct {
	// What it is, in a sentence.
	Title string `yaml:"title" validate:"required" jsonschema:"required"`
	// The train; left out, the only one.
	Train string `yaml:"train,omitempty"`
	// The increment that it threatens.
	Increment string `yaml:"increment,omitempty"`
	// What was decided about it.
	ROAM string `yaml:"roam,omitempty" validate:"omitempty,oneof=resolved owned accepted mitigated" jsonschema:"enum=resolved,enum=owned,enum=accepted,enum=mitigated"`
	// Who has it, one of the people.
	Owner string `yaml:"owner,omitempty"`
	// When it was raised, YYYY-MM-DD.
	Raised string `yaml:"raised,omitempty" validate:"omitempty,datetime=2006-01-02" jsonschema:"format=date"`
}

// Investment is the share of its work that a train wants to put into a kind of
// work or a theme.
type Investment struct {
	// The train; left out, the only one.
	Train string `yaml:"train,omitempty"`
	// The kind of work: business, enabler, bug, spike or chore.
	Kind string `yaml:"kind,omitempty" validate:"omitempty,oneof=business enabler bug spike chore" jsonschema:"enum=business,enum=enabler,enum=bug,enum=spike,enum=chore"`
	// Or a theme.
	Theme string `yaml:"theme,omitempty"`
	// The share in percent, 0 to 100.
	Share float64 `yaml:"share" jsonschema:"required,minimum=0,maximum=100"`
}

// Plan is what the file and the planning folders say, in the backlog's words.
func (c *Config) Plan() backlog.Planning {
	var all backlog.Planning
	for _, p := range c.plans {
		for _, o := range p.Objectives {
			all.Objectives = append(all.Objectives, backlog.Objective{
				Train: c.trainFor(o.Train, o.Team), Team: o.Team, Increment: o.Increment, Title: o.Title,
				Planned: o.Planned, Actual: o.Actual, Committed: o.Committed, Measure: o.Measure,
			})
		}
		for _, x := range p.Capacity {
			all.Capacity = append(all.Capacity, backlog.Capacity{Team: x.Team, Iteration: x.Iteration, Increment: x.Increment, Points: x.Points})
		}
		for _, r := range p.Risks {
			all.Risks = append(all.Risks, backlog.PlanRisk{
				Train: c.trainFor(r.Train, ""), Increment: r.Increment, Title: r.Title, ROAM: r.ROAM, Owner: r.Owner, Raised: r.Raised,
			})
		}
		for _, i := range p.Investment {
			all.Investment = append(all.Investment, backlog.Investment{Train: c.trainFor(i.Train, ""), Kind: i.Kind, Theme: i.Theme, Share: i.Share})
		}
	}
	return all
}

// trainFor is the train that is meant: the one named, the team's, or the only
// one; empty when that leaves several.
func (c *Config) trainFor(train, team string) string {
	switch {
	case train != "":
		return train
	case team != "":
		for _, t := range c.Teams {
			if t.Name == team {
				return t.Train
			}
		}
	case len(c.Trains) == 1:
		return c.Trains[0].Name
	}
	return ""
}
