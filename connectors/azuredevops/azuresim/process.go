package azuresim

import (
	"fmt"
	"strings"
)

// State is a workflow state with its category: Proposed, InProgress, Resolved,
// Completed or Removed.
type State struct{ Name, Category string }

// Type is a work item type of a project. Category is what puts it on a backlog:
// Microsoft.EpicCategory, .FeatureCategory, .RequirementCategory, .TaskCategory,
// .BugCategory, a custom one, or none.
type Type struct {
	Name     string
	Category string
	States   []State
	Fields   []string // reference names beside those that all types have
}

// ref is the type's reference name.
func (t *Type) ref() string {
	return "Microsoft.VSTS.WorkItemTypes." + strings.ReplaceAll(t.Name, " ", "")
}

// state finds a state by name, with the service's spelling.
func (t *Type) state(name string) (State, bool) {
	for _, s := range t.States {
		if strings.EqualFold(s.Name, name) {
			return s, true
		}
	}
	return State{}, false
}

// Categories of the four processes.
const (
	epics        = "Microsoft.EpicCategory"
	features     = "Microsoft.FeatureCategory"
	requirements = "Microsoft.RequirementCategory"
	tasks        = "Microsoft.TaskCategory"
	bugs         = "Microsoft.BugCategory"
	testCases    = "Microsoft.TestCaseCategory"
)

// process is what Microsoft ships: types with their states, and the fields that
// planning uses.
type process struct {
	name, id      string
	types         []Type
	effort, order string
	activity      string
	bugs          string            // bugsBehavior of a new team
	names         map[string]string // of the backlogs, by category
}

// workflow reads "New:Proposed Active:InProgress", an underscore for a space.
func workflow(text string) []State {
	var states []State
	for _, part := range strings.Fields(text) {
		name, category, _ := strings.Cut(part, ":")
		states = append(states, State{Name: strings.ReplaceAll(name, "_", " "), Category: category})
	}
	return states
}

const (
	planned  = "Microsoft.VSTS.Common.Priority Microsoft.VSTS.Common.ValueArea Microsoft.VSTS.Common.BusinessValue Microsoft.VSTS.Common.TimeCriticality Microsoft.VSTS.Scheduling.Effort Microsoft.VSTS.Scheduling.StartDate Microsoft.VSTS.Scheduling.TargetDate Microsoft.VSTS.Common.AcceptanceCriteria Microsoft.VSTS.Common.Risk"
	story    = "Microsoft.VSTS.Common.Priority Microsoft.VSTS.Common.ValueArea Microsoft.VSTS.Common.AcceptanceCriteria Microsoft.VSTS.Common.Risk Microsoft.VSTS.Scheduling.StartDate Microsoft.VSTS.Scheduling.FinishDate"
	taskWork = "Microsoft.VSTS.Common.Priority Microsoft.VSTS.Common.Activity Microsoft.VSTS.Scheduling.RemainingWork Microsoft.VSTS.Scheduling.CompletedWork Microsoft.VSTS.Scheduling.OriginalEstimate"
	defect   = "Microsoft.VSTS.Common.Priority Microsoft.VSTS.Common.Severity Microsoft.VSTS.Common.AcceptanceCriteria Microsoft.VSTS.TCM.ReproSteps Microsoft.VSTS.TCM.SystemInfo Microsoft.VSTS.Scheduling.RemainingWork"
	test     = "Microsoft.VSTS.Common.Priority Microsoft.VSTS.TCM.Steps Microsoft.VSTS.TCM.Parameters Microsoft.VSTS.TCM.LocalDataSource Microsoft.VSTS.TCM.AutomationStatus"
)

// findProcess returns one of the four by name.
func findProcess(name string) (process, error) {
	for _, p := range []process{agile(), scrum(), basic(), cmmi()} {
		if strings.EqualFold(p.name, name) {
			p.addEffort()
			return p, nil
		}
	}
	return process{}, fmt.Errorf("find process %q: only Agile, Scrum, Basic and CMMI are known", name)
}

// addEffort shows the effort and order fields on what is planned by them.
func (p *process) addEffort() {
	for i := range p.types {
		t := &p.types[i]
		if t.Category != "" && t.Category != testCases {
			t.Fields = append(t.Fields, p.order)
		}
		if t.Category == requirements || t.Category == bugs {
			t.Fields = append(t.Fields, p.effort)
		}
	}
}

func newType(name, category, states, fields string) Type {
	return Type{Name: name, Category: category, States: workflow(states), Fields: strings.Fields(fields)}
}

func agile() process {
	const flow = "New:Proposed Active:InProgress Resolved:Resolved Closed:Completed Removed:Removed"
	return process{
		name: "Agile", id: "adcc42ab-9882-485e-a3ed-7678f01f66bc", bugs: "asTasks",
		effort: "Microsoft.VSTS.Scheduling.StoryPoints", order: "Microsoft.VSTS.Common.StackRank",
		activity: "Microsoft.VSTS.Common.Activity",
		names:    map[string]string{epics: "Epics", features: "Features", requirements: "Stories", tasks: "Tasks"},
		types: []Type{
			newType("Epic", epics, flow, planned), newType("Feature", features, flow, planned),
			newType("User Story", requirements, flow, story),
			newType("Task", tasks, "New:Proposed Active:InProgress Closed:Completed Removed:Removed", taskWork),
			newType("Bug", bugs, "New:Proposed Active:InProgress Resolved:Resolved Closed:Completed", defect),
			newType("Issue", "", "Active:InProgress Closed:Completed", "Microsoft.VSTS.Common.Priority"),
			newType("Test Case", testCases, "Design:Proposed Ready:InProgress Closed:Completed", test),
		},
	}
}

func scrum() process {
	const flow = "New:Proposed In_Progress:InProgress Done:Completed Removed:Removed"
	const item = "New:Proposed Approved:Proposed Committed:InProgress Done:Completed Removed:Removed"
	return process{
		name: "Scrum", id: "6b724908-ef14-45cf-84f8-768b5384da45", bugs: "asRequirements",
		effort: "Microsoft.VSTS.Scheduling.Effort", order: "Microsoft.VSTS.Common.BacklogPriority",
		activity: "Microsoft.VSTS.Common.Activity",
		names:    map[string]string{epics: "Epics", features: "Features", requirements: "Backlog items", tasks: "Tasks"},
		types: []Type{
			newType("Epic", epics, flow, planned), newType("Feature", features, flow, planned),
			newType("Product Backlog Item", requirements, item, story+" Microsoft.VSTS.Common.BusinessValue"),
			newType("Task", tasks, "To_Do:Proposed In_Progress:InProgress Done:Completed Removed:Removed", taskWork),
			newType("Bug", bugs, item, defect),
			newType("Impediment", "", "Open:InProgress Closed:Completed", "Microsoft.VSTS.Common.Priority"),
			newType("Test Case", testCases, "Design:Proposed Ready:InProgress Closed:Completed", test),
		},
	}
}

func basic() process {
	const flow = "To_Do:Proposed Doing:InProgress Done:Completed"
	return process{
		name: "Basic", id: "b8a3a935-7e91-48b8-a94c-606d37c3e9f2", bugs: "off",
		effort: "Microsoft.VSTS.Scheduling.Effort", order: "Microsoft.VSTS.Common.StackRank",
		activity: "Microsoft.VSTS.Common.Activity",
		names:    map[string]string{epics: "Epics", requirements: "Issues", tasks: "Tasks"},
		types: []Type{
			newType("Epic", epics, flow, "Microsoft.VSTS.Common.Priority Microsoft.VSTS.Scheduling.StartDate Microsoft.VSTS.Scheduling.TargetDate"),
			newType("Issue", requirements, flow, "Microsoft.VSTS.Common.Priority"),
			newType("Task", tasks, flow, taskWork),
			newType("Test Case", testCases, "Design:Proposed Ready:InProgress Closed:Completed", test),
		},
	}
}

func cmmi() process {
	const flow = "Proposed:Proposed Active:InProgress Resolved:Resolved Closed:Completed"
	return process{
		name: "CMMI", id: "27450541-8e31-4150-9947-dc59f998fc01", bugs: "asTasks",
		effort: "Microsoft.VSTS.Scheduling.Size", order: "Microsoft.VSTS.Common.StackRank",
		activity: "Microsoft.VSTS.Common.Discipline",
		names:    map[string]string{epics: "Epics", features: "Features", requirements: "Requirements", tasks: "Tasks"},
		types: []Type{
			newType("Epic", epics, flow, planned), newType("Feature", features, flow, planned),
			newType("Requirement", requirements, flow, story), newType("Task", tasks, flow, taskWork),
			newType("Bug", bugs, flow, defect),
			newType("Issue", "", flow, "Microsoft.VSTS.Common.Priority"),
			newType("Risk", "", "Proposed:Proposed Active:InProgress Closed:Completed", "Microsoft.VSTS.Common.Priority"),
			newType("Test Case", testCases, "Design:Proposed Ready:InProgress Closed:Completed", test),
		},
	}
}
