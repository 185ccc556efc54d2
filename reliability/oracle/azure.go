package oracle

import (
	"slices"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
)

// Azure looks at a simulated organisation of Azure DevOps.
func Azure(name string, w *azuresim.World) World {
	seen := World{Name: name, Log: w.Truth().Entries()}
	ids := w.IDs()
	slices.Sort(ids)
	for _, id := range ids {
		seen.Items = append(seen.Items, azureItem(w, id))
	}
	return seen
}

// What every revision changes, or a comment.
var ofRevisions = []string{
	"System.Tags", "System.Rev", "System.Watermark", "System.History", "System.CommentCount", "System.RevisedDate", "System.PersonId",
	"System.ChangedDate", "System.ChangedBy", "System.AuthorizedDate", "System.AuthorizedAs",
}

func azureItem(w *azuresim.World, id int) Item {
	native := w.WorkItem(id)
	fields := object(native["fields"])
	item := Item{
		Key: strconv.Itoa(id), ID: strconv.Itoa(id), Project: text(fields["System.TeamProject"]), Title: text(fields["System.Title"]),
		Assignee: text(object(fields["System.AssignedTo"])["uniqueName"]), Labels: slices.Clone(w.Tags(id)),
		Rest: plain([]any{without(fields, ofRevisions...), native["relations"]}),
	}
	slices.Sort(item.Labels)
	for _, c := range w.Comments(id) {
		words := address.ReplaceAllString(text(c["text"]), "http://here")
		n, _ := c["id"].(int)
		item.Comments = append(item.Comments, Comment{
			ID: strconv.Itoa(n), Author: text(object(c["createdBy"])["uniqueName"]), Text: words,
			Mark: markIn(strings.ReplaceAll(words, "&amp;", "&"), azureMark),
		})
	}
	return item
}
