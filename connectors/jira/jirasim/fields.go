package jirasim

import (
	"slices"
	"strings"
)

// The ids that every Cloud site gives Jira's own custom fields.
const (
	EpicLinkField = "customfield_10014"
	PointsField   = "customfield_10016"
	RankField     = "customfield_10019"
	SprintField   = "customfield_10020"
	FlaggedField  = "customfield_10021"
)

// The schemas of common custom fields, for Field.Custom.
const (
	NumberField   = "com.atlassian.jira.plugin.system.customfieldtypes:float"
	TextField     = "com.atlassian.jira.plugin.system.customfieldtypes:textfield"
	TextAreaField = "com.atlassian.jira.plugin.system.customfieldtypes:textarea"
	SelectField   = "com.atlassian.jira.plugin.system.customfieldtypes:select"
)

// Field is a field definition. Custom is empty for system fields.
type Field struct {
	ID, Name string
	Type     string // schema.type: string, number, array, option, user, any …
	Items    string // schema.items of an array
	Custom   string // schema.custom
}

// systemFields are those that a new site has.
func systemFields() []Field {
	return []Field{
		{ID: "summary", Name: "Summary", Type: "string"},
		{ID: "issuetype", Name: "Issue Type", Type: "issuetype"},
		{ID: "project", Name: "Project", Type: "project"},
		{ID: "parent", Name: "Parent", Type: "issuelink"},
		{ID: "status", Name: "Status", Type: "status"},
		{ID: "statusCategory", Name: "Status Category", Type: "statusCategory"},
		{ID: "priority", Name: "Priority", Type: "priority"},
		{ID: "resolution", Name: "Resolution", Type: "resolution"},
		{ID: "description", Name: "Description", Type: "string"},
		{ID: "environment", Name: "Environment", Type: "string"},
		{ID: "labels", Name: "Labels", Type: "array", Items: "string"},
		{ID: "components", Name: "Components", Type: "array", Items: "component"},
		{ID: "fixVersions", Name: "Fix versions", Type: "array", Items: "version"},
		{ID: "versions", Name: "Affects versions", Type: "array", Items: "version"},
		{ID: "issuelinks", Name: "Linked Issues", Type: "array", Items: "issuelinks"},
		{ID: "subtasks", Name: "Sub-tasks", Type: "array", Items: "issuelinks"},
		{ID: "attachment", Name: "Attachment", Type: "array", Items: "attachment"},
		{ID: "comment", Name: "Comment", Type: "comments-page"},
		{ID: "assignee", Name: "Assignee", Type: "user"},
		{ID: "reporter", Name: "Reporter", Type: "user"},
		{ID: "creator", Name: "Creator", Type: "user"},
		{ID: "created", Name: "Created", Type: "datetime"},
		{ID: "updated", Name: "Updated", Type: "datetime"},
		{ID: "resolutiondate", Name: "Resolved", Type: "datetime"},
		{ID: "statuscategorychangedate", Name: "Status Category Changed", Type: "datetime"},
		{ID: "duedate", Name: "Due date", Type: "date"},
		{ID: EpicLinkField, Name: "Epic Link", Type: "any", Custom: "com.pyxis.greenhopper.jira:gh-epic-link"},
		{ID: PointsField, Name: "Story point estimate", Type: "number", Custom: "com.pyxis.greenhopper.jira:jsw-story-points"},
		{ID: RankField, Name: "Rank", Type: "any", Custom: "com.pyxis.greenhopper.jira:gh-lexo-rank"},
		{ID: SprintField, Name: "Sprint", Type: "array", Items: "json", Custom: "com.pyxis.greenhopper.jira:gh-sprint"},
		{ID: FlaggedField, Name: "Flagged", Type: "array", Items: "option", Custom: "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"},
	}
}

// AddField defines a custom field and returns its id, which is given out when
// empty. A known id is replaced.
func (w *World) AddField(f Field) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if f.ID == "" {
		f.ID = "customfield_" + w.metaID()
	}
	w.site.fields = slices.DeleteFunc(w.site.fields, func(known Field) bool { return known.ID == f.ID })
	w.site.fields = append(w.site.fields, f)
	w.version++
	return f.ID
}

// DropField removes a field's definition and all its values, as an
// administrator may. `updated` stays.
func (w *World) DropField(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.site.fields = slices.DeleteFunc(w.site.fields, func(f Field) bool { return f.ID == id })
	for _, i := range w.order {
		next := i.now().edit()
		delete(next.fields, id)
		w.commit(i, next, false)
	}
}

// Layout says which fields the create screen of a type in a project shows,
// beside summary, type and project, which every screen has. A layout that was
// never said is Jira's default with the custom fields that issues carry.
func (w *World) Layout(projectKey, typeName string, fieldIDs ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.project(projectKey, "")
	t := w.addType(IssueType{Name: typeName, Level: levelOf(typeName)})
	p.has(t.ID)
	said := []string{"summary", "issuetype", "project"}
	for _, id := range fieldIDs {
		said = append(said, w.FieldID(id))
	}
	p.layouts[t.ID] = said
	w.version++
}

// layout is the field ids of a type's create screen.
func (w *World) layout(p *project, typeID string) []string {
	if said, ok := p.layouts[typeID]; ok {
		return said
	}
	usual := []string{"summary", "issuetype", "project", "parent", "description", "priority", "labels", "components",
		"fixVersions", "versions", "environment", "assignee", "reporter", "issuelinks", "attachment", "duedate", w.FieldID(SprintField), w.FieldID(FlaggedField)}
	for _, id := range p.seen[typeID] {
		if !slices.Contains(usual, id) {
			usual = append(usual, id)
		}
	}
	return usual
}

// field finds a field by id or, without regard to case, by name.
func (w *World) field(idOrName string) (Field, bool) {
	for _, f := range w.site.fields {
		if f.ID == idOrName || strings.EqualFold(f.Name, idOrName) {
			return f, true
		}
	}
	return Field{}, false
}

// rich says whether a field holds wiki text, which v3 shows as a document.
func (f Field) rich() bool {
	return f.ID == "description" || f.ID == "environment" || f.Custom == TextAreaField
}
