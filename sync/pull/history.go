package pull

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// So many items are asked for at once, and no further ones are after so long:
// the past may cost a request for each, and nobody shall wait for it.
const (
	historyBatch = 100
	historySpan  = 5 * time.Second
)

// History reads the past of items whose past is not known for their present
// revision, at most so many, those that are being worked on first. Where
// nothing changed nothing is asked. A tracker that fails is asked again in the
// next pass: the error is about the store only.
func (p *Puller) History(ctx context.Context, connection string, site backlog.SiteID, historian backlog.Historian, most int) error {
	due, err := p.Store.HistoryDue(ctx, site, most)
	if err != nil {
		return fmt.Errorf("list items whose past is to be read: %w", err)
	}
	enough := p.Clock().Add(historySpan)
	for piece := range slices.Chunk(due, historyBatch) {
		if p.Clock().After(enough) {
			return nil
		}
		read, err := p.pasts(ctx, historian, piece)
		if err != nil {
			p.Log.Warn("read the past of items", "connection", connection, "error", err)
		}
		if len(read) > 0 {
			if _, err := p.Store.CommitHistory(ctx, site, read); err != nil {
				return fmt.Errorf("commit the past of items: %w", err)
			}
		}
		if err != nil {
			return nil
		}
	}
	return nil
}

// pasts reads the past of some items. When the tracker chokes on one of them,
// it is looked for by halves and counts as not known; the others are read all
// the same.
func (p *Puller) pasts(ctx context.Context, historian backlog.Historian, due []backlog.PastDue) ([]backlog.Remembered, error) {
	ids := make([]backlog.ItemID, len(due))
	for i, d := range due {
		ids[i] = d.ID
	}
	pasts, err := historian.History(ctx, ids...)
	switch {
	case err == nil:
		return remembered(due, pasts), nil
	case ctx.Err() != nil || errors.Is(err, backlog.ErrUnavailable) || errors.Is(err, backlog.ErrUnauthorized):
		return nil, err
	case len(due) == 1:
		p.Log.Warn("read the past of an item", "item", due[0].ID, "error", err)
		return []backlog.Remembered{{PastDue: due[0]}}, nil
	}
	first, err := p.pasts(ctx, historian, due[:len(due)/2])
	if err != nil {
		return first, err
	}
	second, err := p.pasts(ctx, historian, due[len(due)/2:])
	return append(first, second...), err
}

// remembered counts what the pasts tell. What was not answered stays due.
func remembered(due []backlog.PastDue, pasts []backlog.Past) []backlog.Remembered {
	told := make(map[backlog.ItemID]backlog.Past, len(pasts))
	for _, past := range pasts {
		told[past.ID] = past
	}
	var all []backlog.Remembered
	for _, d := range due {
		past, answered := told[d.ID]
		if !answered {
			continue
		}
		r := backlog.Remembered{PastDue: d}
		if past.Known {
			h := past.History(d.Created, d.Changed, d.Activity)
			r.History = &h
		}
		all = append(all, r)
	}
	return all
}
