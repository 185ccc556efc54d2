package azuredevops

import (
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// guessedLevels places types by the names of Microsoft's own processes, where
// the backlogs of a project do not say. What a process without features calls
// an epic is one level above its stories.
func guessedLevels(names []string) map[string]backlog.Level {
	has := map[string]bool{}
	for _, name := range names {
		has[strings.ToLower(name)] = true
	}
	levels := map[string]backlog.Level{
		"task": backlog.Task, "user story": backlog.Story, "story": backlog.Story, "product backlog item": backlog.Story, "requirement": backlog.Story,
		"bug": backlog.Story, "feature": backlog.Feature, "capability": backlog.Capability, "epic": backlog.Feature,
	}
	if has["feature"] || len(names) == 0 {
		levels["epic"] = backlog.Portfolio
	}
	if !has["user story"] && !has["product backlog item"] && !has["requirement"] && len(names) > 0 {
		levels["issue"] = backlog.Story
	}
	return levels
}

// guessedCategory reads a state by the names of Microsoft's own processes.
func guessedCategory(state string) backlog.Category {
	switch strings.ToLower(state) {
	case "new", "proposed", "to do", "approved", "open":
		return backlog.ToDo
	case "active", "committed", "doing", "in progress", "resolved", "in review":
		return backlog.InProgress
	case "done", "closed", "completed":
		return backlog.Done
	case "removed":
		return backlog.Removed
	}
	return ""
}
