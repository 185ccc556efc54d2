package jira

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// remoteLink is a link from an issue to a page elsewhere.
type remoteLink struct {
	Relationship string `json:"relationship"`
	Object       struct {
		URL string `json:"url"`
	} `json:"object"`
}

var parentWords = regexp.MustCompile(`(?i)^((has )?(the |a )?parent( (feature|epic|item))?|(is )?(the |a )?(child of|part of))$`)

// addRemoteLinks reads the links that lead out of Jira and adds them to an
// item that is not done. Unless they are to be fresh, those of an unchanged
// issue are remembered: a sweep's overlap brings it again and again. What Jira
// refuses to tell about one item breaks that item only; everything else ends
// the listing.
func (t *Tracker) addRemoteLinks(ctx context.Context, item *backlog.Item, fresh bool) (broken, err error) {
	if !item.State.Category.NotDone() {
		return nil, nil
	}
	links, known := t.remembered.of(*item)
	if fresh || !known {
		err = t.get(ctx, remoteLinks(item.ID.ID), nil, &links)
	}
	switch s := rest.Status(err); {
	case err == nil:
	case rest.NotOffered(err), s >= 400 && s < 500 && s != http.StatusTooManyRequests && !errors.Is(err, backlog.ErrUnauthorized):
		return fmt.Errorf("read remote links: %w", err), nil
	default:
		return nil, fmt.Errorf("read remote links of %s: %w", item.Key, err)
	}
	t.remembered.keep(*item, links)
	for _, l := range links {
		l.addTo(item)
	}
	sortLinks(item)
	if item.Parent != nil {
		item.Filled = item.Filled.With(backlog.FieldParent)
	}
	if len(item.Links) > 0 {
		item.Filled = item.Filled.With(backlog.FieldLinks)
	}
	seal(item)
	return nil, nil
}

func remoteLinks(id string) string { return "rest/api/2/issue/" + id + "/remotelink" }

// linkless reports whether no remote link could be read yet.
func (t *Tracker) linkless() bool {
	return t.ways.known(wayOf(http.MethodGet, remoteLinks("1"))) < 0
}

// forgive tells what is refused for one issue from what the site does not
// offer at all: then its issues are whole without. An issue that has gone or
// whose links are switched off has none.
func (t *Tracker) forgive(failed []error) {
	none := t.linkless()
	for i, err := range failed {
		if rest.NotOffered(err) && (none || rest.Status(err) == http.StatusNotFound) {
			failed[i] = nil
			t.unlinked.Store(true)
		}
	}
}

func (t *Tracker) linkProblems() []string {
	if !t.unlinked.Load() || !t.linkless() {
		return nil
	}
	return []string{"Jira does not answer rest/api/2/issue/ID/remotelink: links to other trackers are not seen; give the account access to them, or switch remote links off in the settings."}
}

func (l remoteLink) addTo(item *backlog.Item) {
	to := backlog.Ref{URL: l.Object.URL}
	if to.URL == "" {
		return
	}
	if item.Parent == nil && parentWords.MatchString(l.Relationship) {
		item.Parent = &to
		return
	}
	kind, direction := meaning("", l.Relationship, true)
	link := backlog.Link{Type: kind, Direction: direction, Native: l.Relationship, To: to}
	if !slices.Contains(item.Links, link) {
		item.Links = append(item.Links, link)
	}
}

// without takes out the items that turned out broken.
func without(p backlog.Page, failed []error) backlog.Page {
	var whole []backlog.Item
	for i, item := range p.Items {
		if failed[i] == nil {
			whole = append(whole, item)
			continue
		}
		p.Broken = append(p.Broken, backlog.Broken{ID: item.ID, Key: item.Key, Err: failed[i]})
	}
	p.Items = whole
	return p
}
