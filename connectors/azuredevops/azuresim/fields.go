package azuresim

import "strings"

// Field is a field of the organisation. Type is the service's own: string,
// integer, double, boolean, dateTime, plainText, html, history, treePath.
type Field struct {
	Ref      string // "Custom.RiskReduction"
	Name     string // "Risk Reduction"
	Type     string
	Identity bool     // a string that holds a person
	Types    []string // of a custom field: the work item types that show it; empty is all
}

// field is one with what the service knows beside.
type field struct {
	Field
	readOnly bool
	computed bool // never stored: derived from the item
}

// longText is what the revisions feed leaves out unless it is asked for.
func (f *field) longText() bool {
	return f.Type == "html" || f.Type == "plainText" || f.Type == "history"
}

// field finds a field by reference name, or by the name that people read.
func (w *World) field(name string) *field {
	if f, ok := w.fields[key(name)]; ok {
		return f
	}
	for _, f := range w.fields {
		if strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return nil
}

// learn adds a field that the organisation does not know yet.
func (w *World) learn(f Field) *field {
	if known, ok := w.fields[key(f.Ref)]; ok {
		return known
	}
	added := &field{Field: f}
	w.fields[key(f.Ref)] = added
	return added
}

// fieldTable lists the fields of the four processes: reference name, name,
// type and, in the fourth column, i(dentity), r(ead only), c(omputed).
const fieldTable = `
System.Id|ID|integer|rc
System.Rev|Rev|integer|rc
System.Title|Title|string|
System.State|State|string|
System.Reason|Reason|string|
System.AssignedTo|Assigned To|string|i
System.WorkItemType|Work Item Type|string|r
System.TeamProject|Team Project|string|r
System.AreaPath|Area Path|treePath|
System.AreaId|Area ID|integer|c
System.AreaLevel1|Area Level 1|string|rc
System.AreaLevel2|Area Level 2|string|rc
System.AreaLevel3|Area Level 3|string|rc
System.NodeName|Node Name|string|rc
System.IterationPath|Iteration Path|treePath|
System.IterationId|Iteration ID|integer|c
System.IterationLevel1|Iteration Level 1|string|rc
System.IterationLevel2|Iteration Level 2|string|rc
System.IterationLevel3|Iteration Level 3|string|rc
System.CreatedDate|Created Date|dateTime|r
System.CreatedBy|Created By|string|ir
System.ChangedDate|Changed Date|dateTime|r
System.ChangedBy|Changed By|string|ir
System.AuthorizedDate|Authorized Date|dateTime|rc
System.AuthorizedAs|Authorized As|string|irc
System.RevisedDate|Revised Date|dateTime|rc
System.PersonId|Person ID|integer|rc
System.Watermark|Watermark|integer|rc
System.CommentCount|Comment Count|integer|r
System.Parent|Parent|integer|rc
System.IsDeleted|Is Deleted|boolean|r
System.Tags|Tags|plainText|
System.Description|Description|html|
System.History|History|history|
System.BoardColumn|Board Column|string|r
System.BoardColumnDone|Board Column Done|boolean|r
System.BoardLane|Board Lane|string|r
Microsoft.VSTS.Common.Priority|Priority|integer|
Microsoft.VSTS.Common.Severity|Severity|string|
Microsoft.VSTS.Common.StackRank|Stack Rank|double|
Microsoft.VSTS.Common.BacklogPriority|Backlog Priority|double|
Microsoft.VSTS.Common.BusinessValue|Business Value|integer|
Microsoft.VSTS.Common.TimeCriticality|Time Criticality|double|
Microsoft.VSTS.Common.ValueArea|Value Area|string|
Microsoft.VSTS.Common.Risk|Risk|string|
Microsoft.VSTS.Common.Activity|Activity|string|
Microsoft.VSTS.Common.Discipline|Discipline|string|
Microsoft.VSTS.Common.AcceptanceCriteria|Acceptance Criteria|html|
Microsoft.VSTS.Common.StateChangeDate|State Change Date|dateTime|r
Microsoft.VSTS.Common.ActivatedDate|Activated Date|dateTime|r
Microsoft.VSTS.Common.ResolvedDate|Resolved Date|dateTime|r
Microsoft.VSTS.Common.ClosedDate|Closed Date|dateTime|r
Microsoft.VSTS.Scheduling.StoryPoints|Story Points|double|
Microsoft.VSTS.Scheduling.Effort|Effort|double|
Microsoft.VSTS.Scheduling.Size|Size|double|
Microsoft.VSTS.Scheduling.RemainingWork|Remaining Work|double|
Microsoft.VSTS.Scheduling.CompletedWork|Completed Work|double|
Microsoft.VSTS.Scheduling.OriginalEstimate|Original Estimate|double|
Microsoft.VSTS.Scheduling.StartDate|Start Date|dateTime|
Microsoft.VSTS.Scheduling.TargetDate|Target Date|dateTime|
Microsoft.VSTS.Scheduling.FinishDate|Finish Date|dateTime|
Microsoft.VSTS.Scheduling.DueDate|Due Date|dateTime|
Microsoft.VSTS.TCM.ReproSteps|Repro Steps|html|
Microsoft.VSTS.TCM.SystemInfo|System Info|html|
Microsoft.VSTS.TCM.Steps|Steps|html|
Microsoft.VSTS.TCM.Parameters|Parameters|html|
Microsoft.VSTS.TCM.LocalDataSource|Local Data Source|html|
Microsoft.VSTS.TCM.AutomationStatus|Automation status|string|
`

// systemFields reads the table.
func systemFields() []*field {
	var all []*field
	for line := range strings.Lines(strings.TrimSpace(fieldTable)) {
		col := strings.Split(strings.TrimSpace(line), "|")
		all = append(all, &field{
			Field:    Field{Ref: col[0], Name: col[1], Type: col[2], Identity: strings.Contains(col[3], "i")},
			readOnly: strings.Contains(col[3], "r"), computed: strings.Contains(col[3], "c"),
		})
	}
	return all
}
