package trackertest

import (
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
)

// An item is read into our words with the tracker's own beside them, and the
// same whether a sweep or a fetch brought it. Links that the tracker keeps apart
// are read apart.
func convert(s *story) {
	want, told := s.seed.Rich, s.item(s.seed.Rich.ID.ID)
	got := s.whole(told)
	if diff := cmp.Diff(plainly(want), plainly(got)); diff != "" {
		s.Errorf("the item is read differently (-want +got):\n%s", diff)
	}
	switch {
	case want.Parent == nil || got.Parent == nil:
		s.Errorf("the parent is %v, want %v", got.Parent, want.Parent)
	case !covers(*got.Parent, *want.Parent):
		s.Errorf("the parent is %+v, want %+v", *got.Parent, *want.Parent)
	}
	for _, link := range want.Links {
		if !slices.ContainsFunc(got.Links, func(l backlog.Link) bool { return same(l, link) }) {
			s.Errorf("the link %+v is not among %+v", link, got.Links)
		}
	}
	if len(got.Links) != len(want.Links) {
		s.Errorf("there are %d links, want %d: %+v", len(got.Links), len(want.Links), got.Links)
	}
	if got.Revision == "" || got.Created.IsZero() || got.Changed.IsZero() || got.Filled == 0 {
		s.Errorf("revision %q, created %v, changed %v and filled %v have to be known", got.Revision, got.Created, got.Changed, got.Filled)
	}
	if !got.Activity.IsZero() {
		s.Error("activity is the store's to know, not the connector's")
	}
	swept, _, _ := s.round(nil)
	if diff := cmp.Diff(told, swept[told.ID.ID]); diff != "" {
		s.Errorf("a sweep reads the item unlike a fetch (-fetch +sweep):\n%s", diff)
	}
}

// plainly keeps what has to be equal to the word.
func plainly(i backlog.Item) map[string]any {
	labels := slices.Sorted(slices.Values(i.Labels))
	account := ""
	if i.Assignee != nil {
		account = i.Assignee.ID
	}
	return map[string]any{
		"id": i.ID, "key": i.Key, "url": i.URL, "project": i.Project.ID,
		"title": i.Title, "body": strings.TrimSpace(i.Body), "criteria": i.Text.Criteria,
		"type": i.Type, "level": i.Level, "kind": i.Kind,
		"category": i.State.Category, "state": i.State.Native,
		"labels": labels, "points": i.Points, "assignee": account,
	}
}

func same(got, want backlog.Link) bool {
	return got.Type == want.Type && got.Direction == want.Direction && covers(got.To, want.To)
}

// covers reports whether a reference knows at least what is wanted.
func covers(got, want backlog.Ref) bool {
	return (want.ID.IsZero() || got.ID == want.ID) &&
		(want.Key == "" || got.Key == want.Key) &&
		(want.URL == "" || got.URL == want.URL)
}
