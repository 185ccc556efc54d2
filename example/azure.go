package example

import (
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
)

const azureProject = "Platform"

// The custom fields of the example's Azure DevOps organisation.
const (
	hypothesisRef = "Custom.BenefitHypothesis"
	personaRef    = "Custom.Persona"
	themeRef      = "Custom.Theme"
	riskRef       = "Custom.RiskReduction"
	sizeRef       = "Custom.JobSize"
)

// buildAzure fills an organisation with the items that live there. What ties
// them to Jira are hyperlinks.
func buildAzure(w *azuresim.World, items []Item, now time.Time, jiraURL string) error {
	increment, _, _ := Increment(now)
	project := azuresim.Project{
		Name: azureProject, Process: "Agile", Areas: []string{"Recommendations"},
		Fields: []azuresim.Field{
			{Ref: hypothesisRef, Name: "Benefit Hypothesis", Type: "html", Types: []string{"Feature"}},
			{Ref: personaRef, Name: "Persona", Type: "string", Types: []string{"Feature", "User Story", "Bug"}},
			{Ref: themeRef, Name: "Theme", Type: "string", Types: []string{"Feature", "User Story", "Bug"}},
			{Ref: riskRef, Name: "Risk Reduction", Type: "double", Types: []string{"Feature"}},
			{Ref: sizeRef, Name: "Job Size", Type: "double", Types: []string{"Feature"}},
		},
		Bugs: "asRequirements",
	}
	for _, s := range sprints(now) {
		project.Iterations = append(project.Iterations, azuresim.Iteration{Path: increment + `\` + s.name, Start: s.start, Finish: s.end})
	}
	if err := w.AddProject(project); err != nil {
		return fmt.Errorf("build the example's organisation: %w", err)
	}
	for _, item := range items {
		if !item.OnJira() {
			w.AddWorkItem(workItem(item, now, jiraURL))
		}
	}
	return nil
}

// workItem is an item as Azure DevOps' REST API has it.
func workItem(item Item, now time.Time, jiraURL string) map[string]any {
	increment, _, _ := Increment(now)
	iteration := azureProject + `\` + increment
	if item.Sprint != None {
		iteration += `\` + sprintOf(item.Sprint, now).name
	}
	fields := map[string]any{
		"System.TeamProject": azureProject, "System.WorkItemType": item.Type, "System.Title": item.Title,
		"System.State":         map[State]string{ToDo: "New", Doing: "Active", Done: "Closed"}[item.State],
		"System.AreaPath":      azureProject + `\` + item.Team,
		"System.IterationPath": iteration,
		"System.CreatedDate":   moment(now, item.Created), "System.ChangedDate": moment(now, item.Touched),
		"Microsoft.VSTS.Common.StateChangeDate": moment(now, item.Touched+1),
		"Microsoft.VSTS.Common.ValueArea":       map[bool]string{false: "Business", true: "Architectural"}[item.Enabler],
	}
	set := func(ref string, value any, given bool) {
		if given {
			fields[ref] = value
		}
	}
	set("System.Description", story(item), item.As != "" || item.Measure != "")
	set("System.AssignedTo", item.Owner+" <"+strings.ToLower(item.Owner)+"@shop.example>", item.Owner != "")
	set("System.Tags", strings.Join(item.Labels, "; "), len(item.Labels) > 0)
	set("Microsoft.VSTS.Common.AcceptanceCriteria", list(item.Criteria), len(item.Criteria) > 0)
	set("Microsoft.VSTS.Scheduling.StoryPoints", item.Points, item.Points > 0)
	set(hypothesisRef, "<p>"+html.EscapeString(item.Hypothesis)+"</p>", item.Hypothesis != "")
	set(personaRef, item.Persona, item.Persona != "")
	set(themeRef, item.Theme, item.Theme != "")
	for i, ref := range []string{"Microsoft.VSTS.Common.BusinessValue", "Microsoft.VSTS.Common.TimeCriticality", riskRef, sizeRef} {
		set(ref, item.WSJF[i], item.WSJF[i] > 0)
	}
	return map[string]any{"id": number(item.Key), "fields": fields, "relations": relations(item, jiraURL)}
}

// relations are the parent and what the item waits for.
func relations(item Item, jiraURL string) []any {
	var all []any
	add := func(rel, url, comment string) {
		attributes := map[string]any{}
		if comment != "" {
			attributes["comment"] = comment
		}
		all = append(all, map[string]any{"rel": rel, "url": url, "attributes": attributes})
	}
	workItemURL := func(key string) string { return "https://dev.azure.com/shop/_apis/wit/workItems/" + key }
	if item.Parent != "" {
		add("System.LinkTypes.Hierarchy-Reverse", workItemURL(item.Parent), "")
	}
	for _, key := range item.Waits {
		if onJira(key) {
			add("Hyperlink", jiraURL+"/browse/"+key, "depends on")
		} else {
			add("System.LinkTypes.Dependency-Reverse", workItemURL(key), "")
		}
	}
	return all
}

// story is an item's description in Azure's HTML.
func story(item Item) string {
	var b strings.Builder
	if item.As != "" {
		fmt.Fprintf(&b, "<p>As %s, I want %s so that %s.</p>", html.EscapeString(item.As), html.EscapeString(item.Want), html.EscapeString(item.So))
	}
	if item.Measure != "" {
		fmt.Fprintf(&b, "<h3>Leading indicators</h3><p>%s</p>", html.EscapeString(item.Measure))
	}
	return b.String()
}

func list(criteria []string) string {
	var b strings.Builder
	b.WriteString("<ul>")
	for _, c := range criteria {
		b.WriteString("<li>" + html.EscapeString(c) + "</li>")
	}
	return b.String() + "</ul>"
}

func moment(now time.Time, daysAgo int) string {
	return now.AddDate(0, 0, -daysAgo).Add(-2 * time.Hour).UTC().Format("2006-01-02T15:04:05.000Z")
}

// number is a work item's id; keys of the example's Azure items are numbers.
func number(key string) int {
	n := 0
	for _, digit := range key {
		n = 10*n + int(digit-'0')
	}
	return n
}
