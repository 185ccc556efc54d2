package azuredevops

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// revisionsAt is the resource location of a work item's revisions.
const revisionsAt = "a00c85a5-80fa-4565-99c3-bcd2181434bb"

// history reads the comments out of the revisions that made them, where there
// are no comments to be asked for. It cannot tell which were deleted.
func (t *Tracker) history(ctx context.Context, id int, cause error) ([]remark, error) {
	var all []remark
	for skip, last := 0, 0; ; {
		var page struct {
			Value []workItem `json:"value"`
		}
		_, err := t.do(ctx, call{
			method: http.MethodGet, at: revisionsAt, version: "7.1", route: map[string]string{"id": strconv.Itoa(id)},
			query: url.Values{"$top": {"200"}, "$skip": {strconv.Itoa(skip)}},
		}, &page)
		if rest.NotOffered(err) {
			return nil, fmt.Errorf("%w: the work item is there, and neither its comments nor its revisions can be read; allow the account or token to read them: %s", backlog.ErrUnavailable, cause)
		}
		if err != nil {
			return nil, err
		}
		before := last
		for _, w := range page.Value {
			if w.Rev > last && w.text("System.History") != "" {
				all = w.remember(all)
			}
			last = max(last, w.Rev)
		}
		if skip += len(page.Value); last == before { // nothing more, or a page that knows no others
			return all, nil
		}
	}
}

// remember adds the comment that a revision made, or changed.
func (w workItem) remember(all []remark) []remark {
	by, at := identityOf(w.field("System.ChangedBy")), moment{}
	at.Time, _ = w.time("System.ChangedDate")
	r := remark{ID: whole(w.Rev), Text: w.text("System.History"), CreatedBy: by, ModifiedBy: by, Modified: at}
	if w.CommentID != 0 {
		r.ID = whole(w.CommentID)
	}
	for i := range all {
		if w.CommentID != 0 && all[i].ID == r.ID {
			r.CreatedBy = all[i].CreatedBy
			all[i] = r
			return all
		}
	}
	return append(all, r)
}
