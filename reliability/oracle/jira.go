package oracle

import (
	"cmp"
	"slices"

	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// The key under which an issue and a comment remember us.
const property = "trackwarden"

// Jira looks at a simulated Jira site.
func Jira(name string, w *jirasim.World) World {
	seen := World{Name: name, Log: w.Truth().Entries()}
	for _, key := range w.Keys() {
		seen.Items = append(seen.Items, jiraItem(w, key))
	}
	slices.SortFunc(seen.Items, func(a, b Item) int { return cmp.Compare(a.Key, b.Key) })
	return seen
}

func jiraItem(w *jirasim.World, key string) Item {
	native := w.Issue(key)
	fields, properties := object(native["fields"]), object(native["properties"])
	item := Item{
		Key: key, ID: text(native["id"]), Project: text(object(fields["project"])["id"]), Title: text(fields["summary"]),
		Assignee: text(object(fields["assignee"])["accountId"]), Labels: slices.Clone(w.Labels(key)),
		Rest: plain([]any{
			without(fields, "labels", "comment", "updated", "created", "statuscategorychangedate", "lastViewed"),
			without(properties, property),
		}),
	}
	slices.Sort(item.Labels)
	if record := object(properties[property]); len(record) > 0 {
		item.Record = plain(without(record, "intent"))
	}
	for _, c := range w.Comments(key) {
		item.Comments = append(item.Comments, jiraComment(c))
	}
	return item
}

// jiraComment knows ours by the text or, when people wrote over that, by the
// property.
func jiraComment(c map[string]any) Comment {
	comment := Comment{ID: text(c["id"]), Author: text(object(c["author"])["accountId"]), Text: text(c["body"])}
	comment.Text = address.ReplaceAllString(comment.Text, "http://here")
	comment.Mark = markIn(comment.Text, jiraMark)
	properties, _ := c["properties"].([]any)
	for _, p := range properties {
		if p := object(p); text(p["key"]) == property && comment.Mark == (Mark{}) {
			value := object(p["value"])
			comment.Mark = Mark{Owner: text(value["owner"]), Item: text(value["item"]), Intent: text(value["intent"])}
		}
	}
	return comment
}
