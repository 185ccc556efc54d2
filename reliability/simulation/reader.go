package simulation

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// client is one process's way into the tracker: the requests of a connector,
// and what goes wrong with them.
type client struct {
	*world
	home     *replica
	read     map[string]int // event at which an item was read by identity last
	comments map[string]int // and its comments
}

var (
	errDead    = errors.New("the process is dead")
	errAnswers = fmt.Errorf("%w: 503", backlog.ErrUnavailable)
)

// ask makes a request that reads: something may happen before it, and it may
// fail.
func (c *client) ask(format string, args ...any) error {
	if err := c.happen(); err != nil {
		return err
	}
	if c.strikes("unavailable") {
		c.tell("%s "+format+": unavailable", append([]any{c.home.name}, args...)...)
		return errAnswers
	}
	c.tell("%s "+format, append([]any{c.home.name}, args...)...)
	return nil
}

// Describe says how the site is built.
func (c *client) Describe(context.Context) (backlog.Site, error) {
	if err := c.ask("describe"); err != nil {
		return backlog.Site{}, err
	}
	layout := backlog.FieldSet(0)
	for _, f := range backlog.Fields() {
		layout = layout.With(f)
	}
	return backlog.Site{
		ID: siteID, Kind: "sim", Name: "Simulated", Account: backlog.Person{ID: "bot"}, Now: c.now,
		Projects: []backlog.Project{project()},
		Rights:   []backlog.Rights{{Project: project().ID, Edit: true, Comment: true, Quiet: true}},
		Types:    []backlog.ItemType{{Project: project().ID, Name: "Story", Level: backlog.Story, Layout: layout, Used: layout}},
	}, nil
}

const (
	stream = "changes"
	// margin is how long the index may be behind: no mark passes what it may not
	// show yet.
	margin = 5 * time.Minute
)

// Sweeps needs one stream. Its position says behind which change to go on, and
// up to which one the mark may move when it ends.
func (c *client) Sweeps(_ context.Context, since backlog.Mark) ([]backlog.Sweep, error) {
	if err := c.ask("sweeps since %q", since[stream]); err != nil {
		return nil, err
	}
	after, settled := number(since[stream]), 0
	for _, r := range c.byChange() {
		if c.now.Sub(r.item.Changed) > margin {
			settled = max(settled, r.change)
		}
	}
	for _, r := range c.byChange() { // what was overtaken by a later change of the same item is not missed
		if c.now.Sub(r.item.Changed) <= margin {
			settled = min(settled, r.change-1)
		}
	}
	return []backlog.Sweep{{Name: stream, Position: fmt.Sprintf("%d:%d", after, max(after, settled))}}, nil
}

func number(text string) int {
	n, _ := strconv.Atoi(text) // the empty mark is 0
	return n
}

const pageSize = 3

// Read yields the pages behind a position, in the order of the last changes. A
// page may be cut; then none of it is believed. All requests are made before
// the first page is handed over: who pulls reads ahead of what it commits, and
// which of both came first would be up to the machine.
func (c *client) Read(_ context.Context, s backlog.Sweep) iter.Seq2[backlog.Page, error] {
	return func(yield func(backlog.Page, error) bool) {
		pages, err := c.pages(s.Position)
		for _, page := range pages {
			if !yield(page, nil) {
				return
			}
		}
		if err != nil {
			yield(backlog.Page{}, err)
		}
	}
}

func (c *client) pages(position string) (all []backlog.Page, err error) {
	for {
		if err := c.ask("page behind %s", position); err != nil {
			return all, err
		}
		if c.strikes("cut") {
			return all, fmt.Errorf("%w: the answer was cut", backlog.ErrUnavailable)
		}
		page := c.page(position)
		all = append(all, page)
		if page.Last {
			return all, nil
		}
		position = page.Position
	}
}

func (c *client) page(position string) backlog.Page {
	from, settled, _ := strings.Cut(position, ":")
	after, page := number(from), backlog.Page{Last: true}
	for _, r := range c.byChange() {
		if r.change <= after || r.visible.After(c.now) || r.hidden.After(c.now) {
			continue
		}
		if page.Count() == pageSize {
			page.Last = false
			break
		}
		from = strconv.Itoa(r.change)
		if r.broken.After(c.now) {
			page.Broken = append(page.Broken, backlog.Broken{ID: r.item.ID, Key: r.item.Key, Err: errors.New("no sense in it")})
		} else {
			page.Items = append(page.Items, r.native())
		}
	}
	page.Position = from + ":" + settled
	if page.Last {
		page.Mark = backlog.Mark{stream: settled}
	}
	return page
}

// Fetch reads by identity, fresh.
func (c *client) Fetch(_ context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	if err := c.ask("fetch %v", ids); err != nil {
		return nil, err
	}
	sightings := make([]backlog.Sighting, len(ids))
	for i, id := range ids {
		s := backlog.Sighting{ID: id, Presence: backlog.Hidden}
		switch r := c.records[id.ID]; {
		case r == nil || r.hidden.After(c.now):
		case r.broken.After(c.now):
			s.Presence, s.Err = backlog.Damaged, errors.New("no sense in it")
		default:
			s.Presence, s.Item = backlog.Found, r.native()
			c.read[id.ID] = c.seq
		}
		sightings[i] = s
	}
	return sightings, nil
}

// Comments reads those that carry a marker, fresh.
func (c *client) Comments(_ context.Context, id backlog.ItemID) ([]backlog.Comment, error) {
	if err := c.ask("comments of %s", id.ID); err != nil {
		return nil, err
	}
	r := c.records[id.ID]
	if r == nil || r.hidden.After(c.now) {
		return nil, fmt.Errorf("%w: 404", backlog.ErrUnavailable)
	}
	c.comments[id.ID] = c.seq
	var all []backlog.Comment
	for _, x := range r.comments {
		if x.marker.Owner != "" {
			all = append(all, backlog.Comment{ID: x.id, Marker: x.marker, Text: x.text, Edited: x.edited, Changed: x.changed})
		}
	}
	return all, nil
}

// Census lists every identity that is not hidden, in two pages; it may be cut.
func (c *client) Census(_ context.Context, p backlog.ProjectID) iter.Seq2[backlog.CensusPage, error] {
	return func(yield func(backlog.CensusPage, error) bool) {
		if err := c.ask("census of %s", p.ID); err != nil {
			yield(backlog.CensusPage{}, err)
			return
		}
		page := backlog.CensusPage{Complete: true, Basis: "counted"}
		c.each(func(r *record) {
			if !r.hidden.After(c.now) {
				page.IDs = append(page.IDs, r.item.ID)
			}
		})
		if c.strikes("cut") { // half of it, and it does not say that it is whole
			page.IDs, page.Complete, page.Basis = page.IDs[:len(page.IDs)/2], false, ""
		}
		yield(page, nil)
	}
}
