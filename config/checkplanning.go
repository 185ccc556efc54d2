package config

import (
	"errors"
	"slices"
	"strings"

	"github.com/go-playground/validator/v10"
)

// planning checks the planning lists, wherever they stand, against the trains,
// teams, increments and people of the configuration.
func (c *Config) planning() (problems, warnings Problems) {
	seen := map[string]bool{}
	for _, p := range c.plans {
		k := &check{c: c, root: p.root, file: p.file}
		if p.prefix == "" { // those in the configuration are checked with it
			k.fields(p.PlanFile)
		}
		for i, o := range p.Objectives {
			k.objective(index(p.prefix+"objectives", i), o, seen)
		}
		for i, x := range p.Capacity {
			k.capacity(index(p.prefix+"capacity", i), x, seen)
		}
		for i, r := range p.Risks {
			k.risk(index(p.prefix+"risks", i), r)
		}
		for i, x := range p.Investment {
			k.investment(index(p.prefix+"investment", i), x)
		}
		problems, warnings = append(problems, k.problems.inOrder()...), append(warnings, k.warnings...)
	}
	return problems, warnings
}

// fields checks every field by its tags.
func (k *check) fields(of any) {
	var failed validator.ValidationErrors
	if errors.As(checker().Struct(of), &failed) {
		for _, f := range failed {
			_, path, _ := strings.Cut(f.Namespace(), ".")
			k.problem(path, "%s", path+" "+remedy(f))
		}
	}
}

func (k *check) objective(path string, o Objective, seen map[string]bool) {
	k.refers(path+".team", "team", o.Team, k.c.teamNames())
	k.oneTrain(path, o.Train, o.Team)
	k.increment(path+".increment", o.Increment, o.Train, o.Team)
	if o.Planned != nil && (*o.Planned < 1 || *o.Planned > 10) {
		k.problem(path+".planned", "%s.planned must be a business value from 1 to 10", path)
	}
	if o.Actual != nil && (*o.Actual < 0 || *o.Actual > 10) {
		k.problem(path+".actual", "%s.actual must be a business value from 0 to 10", path)
	}
	k.once(path+".title", strings.Join([]string{"objective", o.Train, o.Team, o.Increment, o.Title}, "\x00"), seen)
}

func (k *check) capacity(path string, x Capacity, seen map[string]bool) {
	k.refers(path+".team", "team", x.Team, k.c.teamNames())
	k.increment(path+".increment", x.Increment, "", x.Team)
	if x.Points < 0 {
		k.problem(path+".points", "%s.points must be 0 or more", path)
	}
	k.once(path, strings.Join([]string{"capacity", x.Team, x.Iteration, x.Increment}, "\x00"), seen)
}

func (k *check) risk(path string, r PlanRisk) {
	k.oneTrain(path, r.Train, "")
	k.increment(path+".increment", r.Increment, r.Train, "")
	k.owner(path+".owner", r.Owner)
}

func (k *check) investment(path string, x Investment) {
	k.oneTrain(path, x.Train, "")
	if (x.Kind == "") == (x.Theme == "") {
		k.problem(path, "%s must name a kind or a theme, and not both", path)
	}
	if x.Share < 0 || x.Share > 100 {
		k.problem(path+".share", "%s.share must be a percentage from 0 to 100", path)
	}
	if len(k.c.Themes) > 0 {
		k.refers(path+".theme", "theme", x.Theme, namesOf(k.c.Themes, func(t Theme) string { return t.Name }))
	}
}

// oneTrain wants to know which train is meant.
func (k *check) oneTrain(path, train, team string) {
	k.refers(path+".train", "train", train, k.c.trainNames())
	if train == "" && team == "" && k.c.trainFor("", "") == "" {
		k.problem(path, "%s must name the train that it is for", path)
	}
}

// increment must be one of the train's.
func (k *check) increment(path, name, train, team string) {
	train = k.c.trainFor(train, team)
	i := slices.IndexFunc(k.c.Trains, func(t Train) bool { return t.Name == train })
	if i < 0 {
		return
	}
	k.refers(path, "increment", name, namesOf(k.c.Trains[i].Increments, func(i Increment) string { return i.Name }))
}

// once refuses what was said before, in whichever file.
func (k *check) once(path, what string, seen map[string]bool) {
	if seen[what] {
		k.problem(path, "%s was said before: keep one of them", strings.TrimSuffix(path, ".title"))
	}
	seen[what] = true
}
