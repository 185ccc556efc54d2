package azuresim

import (
	"slices"
	"strings"
	"time"
)

// backlogConfiguration answers GET work/backlogconfiguration: which types are
// on which backlog, and which field means what.
func backlogConfiguration(c *call) (any, error) {
	p := c.project
	levels := p.portfolio()
	var portfolio []map[string]any
	for i, l := range levels {
		portfolio = append(portfolio, c.backlog(l.Category, l.Name, 2+len(levels)-i, nil))
	}
	var extra []string
	if p.Bugs == "asRequirements" {
		extra = p.typeNames(bugs)
	}
	var asTasks []string
	if p.Bugs == "asTasks" {
		asTasks = p.typeNames(bugs)
	}
	hidden := p.Hidden
	if hidden == nil {
		hidden = []string{}
	}
	return map[string]any{
		"portfolioBacklogs":  portfolio,
		"requirementBacklog": c.backlog(requirements, p.backlogName(requirements), 2, extra),
		"taskBacklog":        c.backlog(tasks, p.backlogName(tasks), 1, asTasks),
		"backlogFields": map[string]any{"typeFields": map[string]any{"Order": p.process.order, "Effort": p.process.effort,
			"RemainingWork": "Microsoft.VSTS.Scheduling.RemainingWork", "Activity": p.process.activity}},
		"workItemTypeMappedStates": p.mappedStates(), "bugsBehavior": p.Bugs, "hiddenBacklogs": hidden,
		"isBugsBehaviorConfigured": true, "url": c.base + "/" + p.id + "/_apis/work/backlogconfiguration",
	}, nil
}

// portfolio lists the levels above the requirements, highest first.
func (p *project) portfolio() []Level {
	var levels []Level
	for _, category := range []string{epics, features} {
		if len(p.typeNames(category)) > 0 {
			levels = append(levels, Level{Category: category, Name: p.backlogName(category)})
		}
	}
	for _, l := range p.Levels {
		at := slices.IndexFunc(levels, func(known Level) bool { return known.Category == l.Above })
		levels = slices.Insert(levels, max(at, 0), l)
	}
	return levels
}

// backlogName is what people call a backlog.
func (p *project) backlogName(category string) string {
	if name, renamed := p.Backlogs[category]; renamed {
		return name
	}
	return p.process.names[category]
}

func (c *call) backlog(category, name string, rank int, more []string) map[string]any {
	own := c.typeReferences(c.project.typeNames(category))
	shown := map[string]any{"id": category, "name": name, "rank": rank, "workItemCountLimit": 1000, "color": "009CCC",
		"type": "portfolio", "isHidden": slices.Contains(c.project.Hidden, category),
		"workItemTypes":  append(own, c.typeReferences(more)...),
		"addPanelFields": []any{c.reference(c.w.field("System.Title"))}, "columnFields": []any{}}
	switch category {
	case requirements:
		shown["type"] = "requirement"
	case tasks:
		shown["type"] = "task"
	}
	if len(own) > 0 {
		shown["defaultWorkItemType"] = own[0]
	}
	return shown
}

// mappedStates tells the categories of states as backlogs see them: what is
// resolved is in progress, unless it is a bug.
func (p *project) mappedStates() []map[string]any {
	var all []map[string]any
	for _, t := range p.process.types {
		if t.Category == "" || t.Category == testCases {
			continue
		}
		states := map[string]any{}
		for _, s := range t.States {
			switch {
			case s.Category == "Removed":
			case s.Category == "Resolved" && t.Category != bugs:
				states[s.Name] = "InProgress"
			default:
				states[s.Name] = s.Category
			}
		}
		all = append(all, map[string]any{"workItemTypeName": t.Name, "states": states})
	}
	return all
}

// teamURL is where a team's settings live.
func (c *call) teamURL() string {
	return c.base + "/" + c.project.id + "/" + c.team.id + "/_apis/work/teamsettings"
}

// teamSettings answers GET work/teamsettings.
func teamSettings(c *call) (any, error) {
	root, visible := c.project.iterations, map[string]any{requirements: !slices.Contains(c.project.Hidden, requirements)}
	for _, l := range c.project.portfolio() {
		visible[l.Category] = !slices.Contains(c.project.Hidden, l.Category)
	}
	return map[string]any{
		"backlogIteration": map[string]any{"id": root.guid(), "name": root.name, "path": "", "url": c.nodeURL(root)},
		"bugsBehavior":     c.project.Bugs, "backlogVisibilities": visible,
		"workingDays":      []string{"monday", "tuesday", "wednesday", "thursday", "friday"},
		"defaultIteration": nil, "defaultIterationMacro": "@currentIteration", "url": c.teamURL(),
		"_links": map[string]any{"self": href(c.teamURL()), "project": href(c.base + "/_apis/projects/" + c.project.id),
			"team": href(c.project.teamURL(c, c.team)), "teamIterations": href(c.teamURL() + "/iterations"),
			"teamFieldValues": href(c.teamURL() + "/teamfieldvalues")},
	}, nil
}

// listIterations answers GET work/teamsettings/iterations; $timeframe=current
// keeps the present one.
func listIterations(c *call) (any, error) {
	var all []map[string]any
	for _, n := range c.team.iterations {
		frame := timeFrame(n, c.w.now())
		if wanted := c.query["$timeframe"]; wanted != "" && !strings.EqualFold(wanted, frame) {
			continue
		}
		all = append(all, map[string]any{"id": n.guid(), "name": n.name, "path": n.path(),
			"attributes": map[string]any{"startDate": wireDay(n.start), "finishDate": wireDay(n.finish), "timeFrame": frame},
			"url":        c.teamURL() + "/iterations/" + n.guid()})
	}
	return list(all), nil
}

// timeFrame places an iteration in time; one without dates is still to come.
func timeFrame(n *node, now time.Time) string {
	today := now.Truncate(24 * time.Hour)
	switch {
	case n.start.IsZero() || n.start.After(today):
		return "future"
	case n.finish.Before(today):
		return "past"
	}
	return "current"
}

// wireDay is a date, or null.
func wireDay(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Format("2006-01-02") + "T00:00:00Z"
}

// teamFieldValues answers GET work/teamsettings/teamfieldvalues: the team's
// areas.
func teamFieldValues(c *call) (any, error) {
	values, first := []map[string]any{}, any(nil)
	for _, n := range c.team.areas {
		values = append(values, map[string]any{"value": n.path(), "includeChildren": true})
	}
	if len(values) > 0 {
		first = values[0]["value"]
	}
	area := c.base + "/_apis/wit/fields/System.AreaPath"
	return map[string]any{"field": map[string]any{"referenceName": "System.AreaPath", "url": area},
		"defaultValue": first, "values": values, "url": c.teamURL() + "/teamfieldvalues"}, nil
}
