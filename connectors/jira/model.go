package jira

import (
	"context"
	"regexp"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// model is what reading an issue needs to know of its site.
type model struct {
	site      backlog.SiteID
	base      string // where people open pages, without a slash at the end
	account   backlog.Person
	fields    fieldMap
	projects  []backlog.Project // in scope and visible
	services  map[string]bool   // ids of those that serve customers → whether we are an agent there
	types     []backlog.ItemType
	agentless bool     // the site knows no permission of agents
	problems  []string // what the site lacks, each a full sentence
	repeats   *repeats
}

// known gives the model as last described, describing the site first if nobody
// has yet.
func (t *Tracker) known(ctx context.Context) (*model, error) {
	t.mu.Lock()
	m := t.model
	t.mu.Unlock()
	if m != nil {
		return m, nil
	}
	m, _, err := t.describe(ctx)
	return m, err
}

// page is the address that a person opens for an issue.
func (m *model) page(key string) string { return m.base + "/browse/" + key }

// inScope reports whether a project is one of ours.
func (m *model) inScope(projectID string) bool {
	_, ok := m.project(projectID)
	return ok
}

func (m *model) project(id string) (backlog.Project, bool) {
	for _, p := range m.projects {
		if p.ID == id {
			return p, true
		}
	}
	return backlog.Project{}, false
}

// issueType is a type as Jira describes it. HierarchyLevel is nil where Jira
// does not say: 1 is the epic, 0 what lies below it, -1 a sub-task.
type issueType struct {
	ID             ident  `json:"id"`
	Name           string `json:"name"`
	Subtask        bool   `json:"subtask"`
	HierarchyLevel *int   `json:"hierarchyLevel"`
}

var (
	testType    = regexp.MustCompile(`(?i)^(test|test case|test plan|test set|test execution|precondition|sub test execution)$`)
	bugType     = regexp.MustCompile(`(?i)\b(bug|defect|fault|incident|fehler)\b`)
	spikeType   = regexp.MustCompile(`(?i)\b(spike|research|investigation)\b`)
	enablerType = regexp.MustCompile(`(?i)\b(enabler|technical (story|feature|debt)|tech debt)\b`)
	choreType   = regexp.MustCompile(`(?i)\b(chore|maintenance|housekeeping)\b`)
)

// level places a type: the settings' word first, then Jira's hierarchy, then
// what its name and nature say. Types that only hold tests have no level.
func (s Settings) level(t issueType) backlog.Level {
	if level, ok := backlog.LevelNamed(s.Levels, t.Name); ok {
		return level
	}
	switch {
	case testType.MatchString(t.Name):
		return ""
	case t.HierarchyLevel != nil:
		return hierarchy(*t.HierarchyLevel)
	case t.Subtask:
		return backlog.Task
	}
	switch strings.ToLower(t.Name) {
	case "epic", "feature":
		return backlog.Feature
	case "capability":
		return backlog.Capability
	case "initiative", "portfolio epic":
		return backlog.Portfolio
	case "sub-task", "subtask":
		return backlog.Task
	}
	return backlog.Story
}

func hierarchy(level int) backlog.Level {
	switch {
	case level >= 2:
		return backlog.Portfolio
	case level == 1:
		return backlog.Feature
	case level == 0:
		return backlog.Story
	}
	return backlog.Task
}

func kindOf(typeName string) backlog.Kind {
	switch {
	case bugType.MatchString(typeName):
		return backlog.Bug
	case spikeType.MatchString(typeName):
		return backlog.Spike
	case enablerType.MatchString(typeName):
		return backlog.Enabler
	case choreType.MatchString(typeName):
		return backlog.Chore
	}
	return ""
}
