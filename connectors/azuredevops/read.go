package azuredevops

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// The streams. A mark has a value for each feed, and for each project that was
// read whole: how it was read, and what its areas and iterations were like.
const (
	revisionsFeed = "revisions"
	linksFeed     = "links"
	backfill      = "backfill"
	nodesStream   = "nodes" // work items whose area or iteration changed
	projectMark   = "project:"
	nodesMark     = "nodes:"
)

// early is how long before its own beginning a first reading lets the feeds
// begin: they may lag a little.
const early = 5 * time.Minute

// position is where a sweep goes on, with all that it needs.
type position struct {
	Kind    string    `json:"kind"`              // one of the streams
	Project string    `json:"project,omitempty"` // its id, unless of a feed
	Last    int       `json:"last,omitempty"`    // the last id read, unless of a feed
	To      int       `json:"to,omitempty"`      // of a backfill: the last id of its range; 0 when it has no end
	Total   int       `json:"total,omitempty"`   // of a backfill: how many items its range had when it began
	Done    int       `json:"done,omitempty"`    // how many were read, unless of a feed
	Reading string    `json:"reading,omitempty"` // of a backfill: see model.reading
	Feeds   bool      `json:"feeds,omitempty"`   // of a backfill: the feeds begin with it
	Changed []string  `json:"changed,omitempty"` // of nodes: which ones
	Nodes   string    `json:"nodes,omitempty"`   // of nodes: what the mark shall remember
	Token   string    `json:"token,omitempty"`   // of a feed: where it goes on; empty: at Start
	Begun   time.Time `json:"begun,omitzero"`    // of a feed that is done without: where the next round goes on
	Start   time.Time `json:"start,omitzero"`    // of a feed: when Token was given; of a backfill: when it began
}

func (p position) String() string {
	encoded, err := json.Marshal(p)
	if err != nil { // nothing in it could fail
		return ""
	}
	return string(encoded)
}

// mark is where a feed goes on in the next round.
func (p position) mark() string {
	return position{Kind: p.Kind, Token: p.Token, Start: p.Start}.String()
}

// sweepName is the stream's name: of a backfill, with where its range begins.
func (p position) sweepName() string {
	name := p.Kind + ":" + p.Project
	if p.Last > 0 {
		name += ":" + strconv.Itoa(p.Last)
	}
	return name
}

// Sweeps reads whole every project that was not read before, or was read under
// other settings, in ranges of ids, and follows both feeds from where the mark
// left them. Where areas or iterations changed, it reads again what is in them.
func (t *Tracker) Sweeps(ctx context.Context, since backlog.Mark) ([]backlog.Sweep, error) {
	m, err := t.known(ctx)
	if err != nil {
		return nil, fmt.Errorf("list sweeps: %w", err)
	}
	start := t.http.Now().Add(-early)
	fresh := since[revisionsFeed] == "" || since[linksFeed] == ""
	ranges, err := t.allBackfills(ctx, m, func(p *project) (position, bool) {
		reading := m.reading(t.settings, p)
		return position{Kind: backfill, Project: p.ID, Reading: reading, Feeds: fresh, Start: start}, fresh || since[projectMark+p.ID] != reading
	})
	if err != nil {
		return nil, err
	}
	var sweeps []backlog.Sweep
	for i, p := range m.scope {
		sweeps = append(sweeps, ranges[i]...)
		if nodes := p.nodesMark(); p.nodes != nil && since[nodesMark+p.ID] != nodes {
			at := position{Kind: nodesStream, Project: p.ID, Changed: p.changedNodes(since[nodesMark+p.ID]), Nodes: nodes}
			sweeps = append(sweeps, backlog.Sweep{Name: at.sweepName(), Position: at.String()})
		}
	}
	if fresh {
		return sweeps, nil
	}
	// A link leaves revision and time of change alone: what is read because of
	// it has to be stored after what was read, before it, because of a revision.
	return append(sweeps,
		backlog.Sweep{Name: revisionsFeed, Position: since[revisionsFeed]},
		backlog.Sweep{Name: linksFeed, Position: since[linksFeed], Stage: 1}), nil
}

// Read goes on with a sweep.
func (t *Tracker) Read(ctx context.Context, s backlog.Sweep) iter.Seq2[backlog.Page, error] {
	return func(yield func(backlog.Page, error) bool) {
		var at position
		err := json.Unmarshal([]byte(s.Position), &at)
		if err == nil {
			switch at.Kind {
			case backfill, nodesStream:
				err = t.backfill(ctx, at, yield)
			case revisionsFeed, linksFeed:
				err = t.follow(ctx, at, yield)
			default:
				err = fmt.Errorf("no such stream as %q", at.Kind)
			}
		}
		if err != nil {
			yield(backlog.Page{}, fmt.Errorf("read %s: %w", s.Name, err))
		}
	}
}

// page reads ids whole and sorts what was found. An id that we may not see is
// named as broken when it was expected to be there; in a feed it may belong to
// anybody.
func (t *Tracker) page(ctx context.Context, m *model, ids []int, expected bool) (backlog.Page, error) {
	var page backlog.Page
	for len(ids) > 0 {
		part := ids[:min(len(ids), t.settings.BatchSize)]
		ids = ids[len(part):]
		found, err := t.sights(ctx, m, part, false)
		if err != nil {
			return page, err
		}
		for _, id := range part {
			switch s := found[id]; {
			case s.Presence == backlog.Found:
				page.Items = append(page.Items, s.Item)
			case s.Presence == backlog.Gone:
				page.Gone = append(page.Gone, s.ID)
			case s.Presence == backlog.Damaged:
				page.Broken = append(page.Broken, broken(s.ID, s.Err))
			case s.Presence == backlog.Hidden && expected:
				page.Broken = append(page.Broken, broken(s.ID, errHidden))
			}
		}
	}
	return page, nil
}

var errHidden = fmt.Errorf("%w: the work item was listed, and cannot be read", backlog.ErrIncomplete)

func broken(id backlog.ItemID, err error) backlog.Broken {
	return backlog.Broken{ID: id, Key: id.ID, Err: err}
}
