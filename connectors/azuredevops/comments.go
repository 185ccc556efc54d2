package azuredevops

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// commentsAt is the resource location of comments.
const (
	commentsAt      = "608aac0a-32e1-4493-a863-b9cf4566d257"
	commentsVersion = "7.1-preview.4"
)

// Comments reads the comments that our account wrote and that carry a marker,
// oldest first. The marker of another installation or item is left for the
// caller to see. One that somebody else edited may have lost its marker.
func (t *Tracker) Comments(ctx context.Context, id backlog.ItemID) ([]backlog.Comment, error) {
	m, err := t.known(ctx)
	if err != nil {
		return nil, fmt.Errorf("read comments: %w", err)
	}
	n, ok := number(id)
	if !ok {
		return nil, fmt.Errorf("read comments: %q is no work item", id.ID)
	}
	w, err := t.single(ctx, n, "none")
	if err != nil {
		return nil, fmt.Errorf("read comments: %w", err)
	}
	return t.ours(ctx, m, w.text("System.TeamProject"), n)
}

// ours reads our comments on a work item of a project, by its name or id.
func (t *Tracker) ours(ctx context.Context, m *model, project string, id int) ([]backlog.Comment, error) {
	all, err := t.remarks(ctx, project, id)
	if rest.NotOffered(err) {
		all, err = t.history(ctx, id, err)
	}
	if err != nil {
		return nil, fmt.Errorf("read comments: %w", err)
	}
	var ours []backlog.Comment
	for _, r := range all {
		marker, marked := markerIn(r.Text)
		edited := r.ModifiedBy != (identity{}) && !r.ModifiedBy.is(m.me)
		if !marked && !edited || r.IsDeleted || !r.CreatedBy.is(m.me) {
			continue
		}
		ours = append(ours, backlog.Comment{ID: r.id(), Marker: marker, Text: r.Text, Changed: r.Modified.Time, Edited: edited})
	}
	slices.SortFunc(ours, func(a, b backlog.Comment) int {
		return len(a.ID)*1000 + strings.Compare(a.ID, b.ID) - len(b.ID)*1000 // numbers as texts
	})
	return ours, nil
}

// remarks reads every comment of a work item.
func (t *Tracker) remarks(ctx context.Context, project string, id int) ([]remark, error) {
	var all []remark
	seen := map[string]bool{}
	query := url.Values{"$top": {"200"}, "order": {"asc"}}
	for {
		var page struct {
			Comments []remark `json:"comments"`
			Token    string   `json:"continuationToken"`
		}
		_, err := t.do(ctx, call{
			method: http.MethodGet, at: commentsAt, version: commentsVersion, query: query,
			route: map[string]string{"project": project, "workItemId": strconv.Itoa(id)},
		}, &page)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Comments...)
		if page.Token == "" {
			return all, nil
		}
		if seen[page.Token] || len(page.Comments) == 0 {
			return nil, fmt.Errorf("%w: the comments do not get on", backlog.ErrIncomplete)
		}
		seen[page.Token] = true
		query.Set("continuationToken", page.Token)
	}
}
