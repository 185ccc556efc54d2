package azuredevops

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// updatesAt is the resource location of a work item's updates: what each
// revision changed. The feed of revisions would carry every field of every
// revision of everything, and say nothing of links.
const updatesAt = "6570bf97-d02c-4a91-8d93-3abe9895b1a9"

// update is one of them. A change of links alone has no fields, and the
// revision of the update before.
type update struct {
	ID        whole            `json:"id"`
	Rev       whole            `json:"rev"`
	By        identity         `json:"revisedBy"`
	At        moment           `json:"revisedDate"` // of fields: when they were changed again
	Fields    map[string]edit  `json:"fields"`
	Relations *json.RawMessage `json:"relations"`
}

// edit is a field before and after.
type edit struct {
	Old json.RawMessage `json:"oldValue"`
	New json.RawMessage `json:"newValue"`
}

func (e edit) texts() (from, to string) {
	before, _ := decode(e.Old)
	after, _ := decode(e.New)
	return scalar(before), scalar(after)
}

// History reads the updates of work items. One that cannot be seen is not
// known.
func (t *Tracker) History(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Past, error) {
	m, err := t.known(ctx)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	pasts := make([]backlog.Past, len(ids))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(inFlight)
	for i, id := range ids {
		group.Go(func() (err error) {
			pasts[i], err = t.past(groupCtx, m, id)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	return pasts, nil
}

func (t *Tracker) past(ctx context.Context, m *model, id backlog.ItemID) (backlog.Past, error) {
	past := backlog.Past{ID: id}
	n, ok := number(id)
	if !ok {
		return past, nil
	}
	all, err := t.updates(ctx, n)
	if rest.NotOffered(err) || err == nil && len(all) == 0 {
		return past, nil
	}
	if err != nil {
		return past, fmt.Errorf("work item %s: %w", id.ID, err)
	}
	past.Known, past.Cut = true, all[0].Rev > 1
	teller := teller{t: t, m: m}
	for _, u := range all {
		past.Events = append(past.Events, teller.events(ctx, u)...)
	}
	slices.SortStableFunc(past.Events, func(a, b backlog.Event) int { return a.At.Compare(b.At) })
	return past, nil
}

// updates reads all updates of a work item, oldest first.
func (t *Tracker) updates(ctx context.Context, id int) (all []update, err error) {
	for {
		var page struct {
			Value []update `json:"value"`
		}
		_, err := t.do(ctx, call{
			method: http.MethodGet, at: updatesAt, version: "7.1", route: map[string]string{"id": strconv.Itoa(id)},
			query: url.Values{"$top": {strconv.Itoa(maxBatch)}, "$skip": {strconv.Itoa(len(all))}},
		}, &page)
		if err != nil {
			return nil, err
		}
		if len(all) > 0 && len(page.Value) > 0 && page.Value[0].ID <= all[len(all)-1].ID {
			return nil, fmt.Errorf("%w: the updates of work item %d do not get on", backlog.ErrIncomplete, id)
		}
		all = append(all, page.Value...)
		if len(page.Value) < maxBatch {
			return all, nil
		}
	}
}

// teller turns updates into events. It walks along with the item's project and
// type, because they say what a state means and when an iteration begins.
type teller struct {
	t       *Tracker
	m       *model
	project *project
	kind    kindOfItem
	last    time.Time
}

// events tells what an update did. One that did nothing of note is activity.
func (l *teller) events(ctx context.Context, u update) []backlog.Event {
	l.follow(ctx, u)
	plain := backlog.Event{At: l.at(u), Ours: l.ours(u)}
	var events []backlog.Event
	for ref, e := range u.Fields {
		told := plain
		told.From, told.To = e.texts()
		switch {
		case ref == "System.State":
			told.Field = backlog.StateEvent
			told.FromCategory, told.ToCategory = l.kind.category(told.From), l.kind.category(told.To)
			if told.From == "" {
				told.FromCategory = ""
			}
		case ref == "System.IterationPath":
			told.Field = backlog.IterationEvent
			told.From, told.Begun = l.iteration(told.From, plain.At)
			told.To, _ = l.iteration(told.To, plain.At)
		case slices.Contains(l.m.mapping.known[backlog.FieldDue], ref):
			told.Field, told.From, told.To = backlog.DueEvent, pickedDay(told.From), pickedDay(told.To)
		}
		if told.Field != "" && told.From != told.To {
			events = append(events, told)
		}
	}
	if len(events) == 0 {
		return []backlog.Event{plain}
	}
	slices.SortFunc(events, func(a, b backlog.Event) int { return -strings.Compare(string(a.Field), string(b.Field)) })
	return events
}

// follow takes note of the project and type that an update gave the item.
func (l *teller) follow(ctx context.Context, u update) {
	if _, name := u.Fields["System.TeamProject"].texts(); name != "" {
		if l.project = l.t.project(ctx, l.m, name); l.project == nil {
			l.project = &project{Project: backlog.Project{Name: name}}
		}
	}
	if l.project == nil {
		l.project = &project{}
	}
	if _, name := u.Fields["System.WorkItemType"].texts(); name != "" {
		l.kind = l.project.kind(name, l.t.settings)
	}
}

// at is when an update was made; never before the one before it.
func (l *teller) at(u update) time.Time {
	_, text := u.Fields["System.ChangedDate"].texts()
	at, err := parseTime(text)
	if err != nil {
		at = u.At.Time
	}
	if at.Year() > 9000 || at.Before(l.last) { // the last revision is revised at the end of time
		at = l.last
	}
	l.last = at
	return at
}

// ours reports whether our account made an update, of nothing but what we
// write: tags and comments. Every revision touches some fields beside.
func (l *teller) ours(u update) bool {
	if !u.By.is(l.m.me) || u.Relations != nil {
		return false
	}
	for ref := range u.Fields {
		switch ref {
		case "System.Tags", "System.History", "System.CommentCount", "System.Rev", "System.Watermark", "System.PersonId",
			"System.AuthorizedDate", "System.RevisedDate", "System.ChangedDate", "System.ChangedBy", "System.AuthorizedAs":
		default:
			return false
		}
	}
	return len(u.Fields) > 0
}

// iteration is an iteration's id by its path, and whether it had begun. The
// root is none; one that is not there any more is known by its path.
func (l *teller) iteration(path string, at time.Time) (id string, begun bool) {
	if path == "" || strings.EqualFold(path, l.project.Name) || !strings.Contains(path, `\`) {
		return "", false
	}
	it := l.project.iteration(path, "")
	return it.ID, !it.Start.IsZero() && !it.Start.After(at)
}
