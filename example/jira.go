package example

import (
	"fmt"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// fieldIDs are the custom fields of the example's Jira site by what they hold.
type fieldIDs struct{ criteria, hypothesis, value, criticality, risk, size, persona, theme string }

// buildJira fills a Jira site with the items that live there. What ties them
// to Azure Boards are remote links.
func buildJira(w *jirasim.World, items []Item, now time.Time, azureURL string) error {
	w.AddProject(jirasim.Project{Key: "SHOP", Name: "Mobile shop"})
	w.AddProject(jirasim.Project{Key: "FIND", Name: "Search"})
	for _, t := range []jirasim.IssueType{{Name: "Epic", Level: 1}, {Name: "Story"}, {Name: "Bug"}, {Name: "Sub-task", Level: -1}} {
		w.AddType(t, "SHOP", "FIND")
	}
	w.AddLinkType(jirasim.LinkType{Name: "Blocks", Inward: "is blocked by", Outward: "blocks"})
	ids := addFields(w)
	for _, project := range []string{"SHOP", "FIND"} {
		layouts(w, project, ids)
	}
	for _, name := range people() {
		w.AddUser(jirasim.User{ID: account(name), Name: name})
	}
	for board, project := range map[int]string{1: "SHOP", 2: "FIND"} {
		w.AddBoard(jirasim.Board{ID: board, Name: project + " board", Project: project})
		for _, s := range sprints(now) {
			w.AddSprint(jirasim.Sprint{
				ID: board*100 + s.number, Name: s.name, State: s.state, Board: board, Start: s.start, End: s.end,
			})
		}
	}
	for _, item := range items {
		if item.OnJira() {
			w.AddIssue(jiraIssue(item, ids, now))
		}
	}
	return linkJira(w, items, azureURL)
}

func linkJira(w *jirasim.World, items []Item, azureURL string) error {
	human := w.Human(account(pat))
	link := func(key, relationship, to string) error {
		return human.Relate(key, relationship, azureURL+"/"+azureProject+"/_workitems/edit/"+to, azureProject+" "+to)
	}
	for _, item := range items {
		if !item.OnJira() {
			continue
		}
		if item.Across != "" {
			if err := link(item.Key, "is child of", item.Across); err != nil {
				return err
			}
		}
		for _, key := range item.Waits {
			if onJira(key) {
				continue
			}
			if err := link(item.Key, "is blocked by", key); err != nil {
				return err
			}
		}
	}
	return nil
}

func addFields(w *jirasim.World) fieldIDs {
	number := func(name string) string {
		return w.AddField(jirasim.Field{Name: name, Type: "number", Custom: jirasim.NumberField})
	}
	text := func(name, schema string) string {
		return w.AddField(jirasim.Field{Name: name, Type: "string", Custom: schema})
	}
	return fieldIDs{
		criteria: text("Acceptance Criteria", jirasim.TextAreaField), hypothesis: text("Benefit Hypothesis", jirasim.TextAreaField),
		value: number("Business Value"), criticality: number("Time Criticality"), risk: number("Risk Reduction"), size: number("Job Size"),
		persona: text("Persona", jirasim.TextField), theme: text("Theme", jirasim.TextField),
	}
}

func layouts(w *jirasim.World, project string, ids fieldIDs) {
	common := []string{"description", "priority", "labels", "components", "fixVersions", "assignee", "parent", "issuelinks", "duedate", jirasim.RankField}
	feature := append([]string{ids.hypothesis, ids.value, ids.criticality, ids.risk, ids.size, ids.persona, ids.theme}, common...)
	story := append([]string{ids.criteria, ids.persona, ids.theme, jirasim.SprintField, jirasim.PointsField}, common...)
	w.Layout(project, "Epic", feature...)
	w.Layout(project, "Story", story...)
	w.Layout(project, "Bug", story...)
}

// jiraIssue is an item as Jira's REST API v2 has it.
func jiraIssue(item Item, ids fieldIDs, now time.Time) map[string]any {
	project, _, _ := strings.Cut(item.Key, "-")
	fields := map[string]any{
		"project": project, "issuetype": item.Type, "summary": item.Title, "description": wiki(item),
		"status":  map[State]string{ToDo: "To Do", Doing: "In Progress", Done: "Done"}[item.State],
		"created": stamp(now, item.Created), "updated": stamp(now, item.Touched),
		"statuscategorychangedate": stamp(now, item.Touched+1),
		"labels":                   labels(item), "components": []any{item.Team}, "fixVersions": []any{versionOf(now)},
		jirasim.RankField: "0|i" + strings.ToLower(item.Key) + ":",
	}
	set := func(id string, value any, given bool) {
		if given {
			fields[id] = value
		}
	}
	set("parent", item.Parent, item.Parent != "")
	set("assignee", account(item.Owner), item.Owner != "")
	set(jirasim.PointsField, item.Points, item.Points > 0)
	set(ids.criteria, "* "+strings.Join(item.Criteria, "\n* "), len(item.Criteria) > 0 && !item.Inline)
	set(ids.hypothesis, item.Hypothesis, item.Hypothesis != "")
	set(ids.persona, item.Persona, item.Persona != "")
	set(ids.theme, item.Theme, item.Theme != "")
	for i, id := range []string{ids.value, ids.criticality, ids.risk, ids.size} {
		set(id, item.WSJF[i], item.WSJF[i] > 0)
	}
	if item.Sprint != None {
		board := map[string]int{"SHOP": 1, "FIND": 2}[project]
		fields[jirasim.SprintField] = []any{board*100 + sprintOf(item.Sprint, now).number}
	}
	var links []any
	for _, key := range item.Waits {
		if onJira(key) {
			links = append(links, map[string]any{"type": "Blocks", "inwardIssue": map[string]any{"key": key}})
		}
	}
	set("issuelinks", links, len(links) > 0)
	return map[string]any{"key": item.Key, "fields": fields}
}

// wiki is an item's description in Jira's markup.
func wiki(item Item) string {
	var b strings.Builder
	if item.As != "" {
		fmt.Fprintf(&b, "As %s, I want %s so that %s.\n\n", item.As, item.Want, item.So)
	}
	if item.Measure != "" {
		fmt.Fprintf(&b, "h3. Leading indicators\n%s\n\n", item.Measure)
	}
	if item.Inline {
		fmt.Fprintf(&b, "h3. Acceptance criteria\n* %s\n", strings.Join(item.Criteria, "\n* "))
	}
	return b.String()
}

func stamp(now time.Time, daysAgo int) string {
	return now.AddDate(0, 0, -daysAgo).Add(-2 * time.Hour).Format("2006-01-02T15:04:05.000-0700")
}

// account is a person's account id on the example's Jira site.
func account(name string) string { return "557058:" + strings.ToLower(name) }

func labels(item Item) []any {
	all := []any{}
	for _, label := range item.Labels {
		all = append(all, label)
	}
	return all
}
