package azuredevops

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Resolve looks for what a step would have left behind. A PATCH was applied as
// a whole or not at all, so its comment proves it, and so does the revision
// that it alone could have made. While nothing can be read the outcome stays
// unknown.
func (t *Tracker) Resolve(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	p, id, err := openStep(s)
	if err != nil {
		return backlog.Receipt{}, err
	}
	m, err := t.known(ctx)
	if err != nil {
		return unknown(err), nil
	}
	w, err := t.single(ctx, id, "none")
	if rest.Status(err) == http.StatusNotFound {
		return t.resolveAbsent(ctx, id), nil
	}
	if err != nil {
		return unknown(err), nil
	}
	if p.Delete {
		receipt := t.resolveDeletion(ctx, id, p)
		receipt.Recovered = true
		return receipt, nil
	}
	receipt, err := t.trace(ctx, m, w, p)
	if err != nil {
		return unknown(err), nil
	}
	receipt.Recovered = true
	return receipt, nil
}

func unknown(err error) backlog.Receipt {
	return backlog.Receipt{Outcome: backlog.Unknown, Reason: err.Error()}
}

func absent(reason string) backlog.Receipt {
	return backlog.Receipt{Outcome: backlog.Refused, Refusal: backlog.Absent, Reason: reason}
}

// resolveAbsent tells a deleted work item from one that we may not see now.
func (t *Tracker) resolveAbsent(ctx context.Context, id int) backlog.Receipt {
	deleted, err := t.recycled(ctx, id)
	switch {
	case err != nil:
		return unknown(err)
	case deleted:
		receipt := absent("the work item was deleted")
		receipt.Recovered = true
		return receipt
	}
	return backlog.Receipt{Outcome: backlog.Unknown, Reason: "the work item cannot be seen"}
}

// resolveDeletion lists the comments of the work item.
func (t *Tracker) resolveDeletion(ctx context.Context, id int, p payload) backlog.Receipt {
	all, err := t.remarks(ctx, p.Project, id)
	switch {
	case rest.Status(err) == http.StatusNotFound:
		return t.resolveAbsent(ctx, id)
	case err != nil:
		return unknown(err)
	case slices.ContainsFunc(all, func(r remark) bool { return r.id() == p.Comment && !r.IsDeleted }):
		return absent("the comment is still there")
	}
	return backlog.Receipt{Outcome: backlog.Applied, Comment: p.Comment}
}

// trace reads the traces of a step on a work item that is there.
func (t *Tracker) trace(ctx context.Context, m *model, w workItem, p payload) (backlog.Receipt, error) {
	applied := backlog.Receipt{Outcome: backlog.Applied, Revision: strconv.Itoa(w.Rev)}
	if p.Marker != nil {
		comment, found, err := t.marked(ctx, m, w, p)
		if err != nil {
			return applied, err
		}
		if found {
			applied.Comment = comment
			return applied, nil
		}
		if p.Comment != "" {
			return absent("the comment does not show what was to be written"), nil
		}
	}
	if w.Rev == p.Rev {
		return absent("the work item is as it was"), nil
	}
	comment, made, err := t.madeByUs(ctx, m, w.ID, p)
	if rest.NotOffered(err) { // its revisions cannot be read; the work item as it is has to do
		made, err = p.HTML == "" && p.Tags != nil && sameTags(tags(w.text("System.Tags")), *p.Tags), nil
	}
	if err != nil || !made {
		receipt := absent("somebody else changed the work item, so that the write was refused")
		receipt.Refusal = backlog.Stale
		return receipt, err
	}
	applied.Comment = comment // deleted since, or it would have been found
	return applied, nil
}

// marked finds the comment that the step wrote.
func (t *Tracker) marked(ctx context.Context, m *model, w workItem, p payload) (id string, found bool, err error) {
	ours, err := t.ours(ctx, m, w.text("System.TeamProject"), w.ID)
	i := slices.IndexFunc(ours, func(c backlog.Comment) bool {
		return c.Marker == *p.Marker && (p.Comment == "" || c.ID == p.Comment)
	})
	if i < 0 {
		return "", false, err
	}
	return ours[i].ID, true, nil
}

// madeByUs reads the one revision that the step can have made, the next after
// the one that it was tested against: ours, with the tags as they were to be,
// and with a comment if one was to be posted. If that one carried another
// intent, a later write made the revision, of which books that were set back
// know nothing.
func (t *Tracker) madeByUs(ctx context.Context, m *model, id int, p payload) (comment string, made bool, err error) {
	var source raw
	_, err = t.do(ctx, call{
		method: http.MethodGet, at: revisionsAt, version: "7.1",
		route: map[string]string{"id": strconv.Itoa(id), "revisionNumber": strconv.Itoa(p.Rev + 1)},
	}, &source)
	if err != nil {
		return "", false, fmt.Errorf("read revision %d: %w", p.Rev+1, err)
	}
	w, err := parseItem(source)
	if err != nil {
		return "", false, fmt.Errorf("read revision %d: %w", p.Rev+1, err)
	}
	if w.Rev != p.Rev+1 {
		return "", false, fmt.Errorf("%w: asked for revision %d and got %d", backlog.ErrUnavailable, p.Rev+1, w.Rev)
	}
	made = identityOf(w.field("System.ChangedBy")).is(m.me) && (p.Tags == nil || sameTags(tags(w.text("System.Tags")), *p.Tags))
	switch {
	case p.HTML == "":
	case w.CommentID == 0:
		made = false
	default:
		said, marked := markerIn(w.text("System.History"))
		made = made && (!marked || said.Intent == p.Marker.Intent)
		comment = strconv.Itoa(w.CommentID)
	}
	return comment, made, nil
}

// sameTags compares sets of tags without regard to case.
func sameTags(a, b []string) bool {
	lower := func(list []string) []string {
		list = strings.Split(strings.ToLower(strings.Join(list, ";")), ";")
		slices.Sort(list)
		return slices.Compact(list)
	}
	return slices.Equal(lower(a), lower(b))
}
