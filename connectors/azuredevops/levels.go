package azuredevops

import (
	"slices"
	"strings"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/work"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/workitemtracking"

	"github.com/trackwarden/trackwarden/backlog"
)

// levelsOf reads the backlogs of a project: which level its types are on, by
// lower-case type name. Names of backlogs and types differ from process to
// process and are never relied on. Of the portfolio backlogs the lowest holds
// features, the highest of several the portfolio, those between capabilities.
func levelsOf(c *work.BacklogConfiguration) map[string]backlog.Level {
	levels := map[string]backlog.Level{}
	put := func(b *work.BacklogLevelConfiguration, level backlog.Level) {
		for _, t := range of(of(b).WorkItemTypes) {
			levels[strings.ToLower(of(t.Name))] = level
		}
	}
	put(c.TaskBacklog, backlog.Task)
	put(c.RequirementBacklog, backlog.Story)

	portfolio := slices.Clone(of(c.PortfolioBacklogs))
	slices.SortStableFunc(portfolio, func(a, b work.BacklogLevelConfiguration) int { return of(a.Rank) - of(b.Rank) })
	for i := range portfolio {
		level := backlog.Capability
		switch i {
		case 0:
			level = backlog.Feature
		case len(portfolio) - 1:
			level = backlog.Portfolio
		}
		put(&portfolio[i], level)
	}
	return levels
}

// bugLevel is where a project's default team plans its bugs; empty when it
// keeps them off its backlogs.
func bugLevel(c *work.BacklogConfiguration) backlog.Level {
	switch strings.ToLower(string(of(c.BugsBehavior))) {
	case "asrequirements":
		return backlog.Story
	case "astasks":
		return backlog.Task
	}
	return ""
}

// kindOf reads the sort of work from a type: bugs by their reference name,
// which renaming leaves alone, others by the words that are usual.
func kindOf(t workitemtracking.WorkItemType) backlog.Kind {
	name, ref := strings.ToLower(of(t.Name)), strings.ToLower(of(t.ReferenceName))
	switch {
	case name == "bug", strings.HasSuffix(ref, ".bug"):
		return backlog.Bug
	case strings.Contains(name, "spike"):
		return backlog.Spike
	case strings.Contains(name, "enabler"):
		return backlog.Enabler
	case strings.Contains(name, "chore"):
		return backlog.Chore
	}
	return ""
}

// categoryOf normalizes the category that the tracker gives a state.
func categoryOf(category string) backlog.Category {
	switch strings.ToLower(category) {
	case "proposed":
		return backlog.ToDo
	case "inprogress", "resolved":
		return backlog.InProgress
	case "completed":
		return backlog.Done
	case "removed":
		return backlog.Removed
	}
	return ""
}
