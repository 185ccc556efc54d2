package jira

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

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

// linksAtOnce is how many issues are asked for their remote links at the same
// time.
const linksAtOnce = 8

// RemoteLinks implements backlog.Linker by GET rest/api/2/issue/ID/remotelink:
// no search and no bulk request gives these links. What Jira refuses to tell
// of one issue is not known; an answer that went wrong leaves that issue out,
// unless none was better before it.
func (t *Tracker) RemoteLinks(ctx context.Context, ids ...backlog.ItemID) ([]backlog.RemoteLinks, error) {
	m, err := t.known(ctx)
	if err != nil {
		return nil, fmt.Errorf("read remote links: %w", err)
	}
	told, failed := make([]backlog.RemoteLinks, len(ids)), make([]error, len(ids))
	var answers atomic.Int64
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(linksAtOnce)
	for i, id := range ids {
		group.Go(func() error {
			if told[i].ID = id; id.Site != m.site {
				return nil
			}
			told[i].Links, failed[i] = t.remoteLinks(groupCtx, id.ID)
			told[i].Known = failed[i] == nil
			err := t.forgive(&failed[i])
			if failed[i] == nil {
				answers.Add(1)
			} else if answers.Load() == 0 { // why should the next one be better?
				err = failed[i]
			}
			return err
		})
	}
	err = group.Wait()
	var read []backlog.RemoteLinks
	for i, links := range told {
		if failed[i] == nil && links.ID == ids[i] { // it was asked for at all
			read = append(read, links)
		}
	}
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return read, fmt.Errorf("read remote links: %w", err)
	}
	if first := cmp.Or(failed...); first != nil {
		t.log.Warn("read remote links of some issues", "connection", t.settings.Connection, "read", len(read), "asked", len(ids), "error", first)
	}
	return read, nil
}

// forgive takes a refusal for an answer, and returns what ends the reading: no
// answer at all, refused credentials, or too many requests. Other failures are
// of one issue.
func (t *Tracker) forgive(failed *error) error {
	err := *failed
	switch s := rest.Status(err); {
	case err == nil:
	case errors.Is(err, backlog.ErrUnauthorized), s < 400, s == http.StatusTooManyRequests:
		return err
	case rest.NotOffered(err):
		if t.linkless() {
			t.unlinked.Store(true)
		}
		*failed = nil
	case s < 500:
		*failed = nil
	}
	return nil
}

func remoteLinks(id string) string { return "rest/api/2/issue/" + id + "/remotelink" }

func (t *Tracker) remoteLinks(ctx context.Context, id string) ([]backlog.RemoteLink, error) {
	var native []remoteLink
	if err := t.get(ctx, remoteLinks(id), nil, &native); err != nil {
		return nil, err
	}
	var links []backlog.RemoteLink
	for _, n := range native {
		if l := n.link(); l.To.URL != "" && !slices.Contains(links, l) {
			links = append(links, l)
		}
	}
	slices.SortStableFunc(links, func(a, b backlog.RemoteLink) int {
		return cmp.Or(cmp.Compare(a.To.URL, b.To.URL), cmp.Compare(a.Native, b.Native))
	})
	return links, nil
}

func (l remoteLink) link() backlog.RemoteLink {
	kind, direction := meaning("", l.Relationship, true)
	return backlog.RemoteLink{
		Link:   backlog.Link{Type: kind, Direction: direction, Native: l.Relationship, To: backlog.Ref{URL: l.Object.URL}},
		Parent: parentWords.MatchString(l.Relationship),
	}
}

// linkless reports whether no remote link could be read yet.
func (t *Tracker) linkless() bool {
	return t.ways.known(wayOf(http.MethodGet, remoteLinks("1"))) < 0
}

func (t *Tracker) linkProblems() []string {
	if !t.unlinked.Load() || !t.linkless() {
		return nil
	}
	return []string{"Jira does not answer rest/api/2/issue/ID/remotelink: links to other trackers are not seen; give the account access to them."}
}
