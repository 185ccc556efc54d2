package pull

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// A broken item is one that came and could not be read. Its sweep goes on
// without it, and the mark passes it: so it is remembered before the page is
// committed, and fetched again until it can be read or is there no more. Until
// then it stays as it was stored last.

// patience is how long a broken item is left alone at most.
const patience = time.Hour

// How many broken items are fetched again at once, and remembered at most: more
// are a matter of the whole site.
const (
	brokenBatch = 100
	mostBroken  = 1000
)

// brokenList is what is remembered of a site's broken items.
type brokenList struct {
	Items   []brokenItem `json:"items"`
	Tried   time.Time    `json:"tried"`
	Strikes int          `json:"strikes"` // fetches in a row that healed nobody
}

type brokenItem struct {
	ID     backlog.ItemID `json:"id"`
	Key    string         `json:"key"`
	Reason string         `json:"reason"`
}

func brokenOf(site backlog.SiteID) string { return "broken/" + string(site) }

func (p *Puller) brokenItems(ctx context.Context, site backlog.SiteID) (list brokenList, err error) {
	text, err := p.Store.Setting(ctx, brokenOf(site))
	if err != nil || text == "" {
		return list, err
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return list, fmt.Errorf("read the list of broken items: %w", err)
	}
	return list, nil
}

func (p *Puller) saveBroken(ctx context.Context, site backlog.SiteID, list brokenList) error {
	text, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("write the list of broken items: %w", err)
	}
	return p.Store.SetSetting(ctx, brokenOf(site), string(text))
}

// remember puts broken items of a page on the list, to be fetched again soon.
func (r *reading) remember(ctx context.Context, broken []backlog.Broken) error {
	if len(broken) == 0 {
		return nil
	}
	r.mu.Lock() // sweeps are read at the same time
	defer r.mu.Unlock()
	list, err := r.brokenItems(ctx, r.result.Site.ID)
	if err != nil {
		return err
	}
	for _, b := range broken {
		known := slices.ContainsFunc(list.Items, func(i brokenItem) bool { return i.ID == b.ID })
		if b.ID.ID == "" || known || len(list.Items) >= mostBroken {
			continue
		}
		list.Items = append(list.Items, brokenItem{b.ID, b.Key, b.Err.Error()})
	}
	list.Tried, list.Strikes = time.Time{}, 0
	return r.saveBroken(ctx, r.result.Site.ID, list)
}

// mend fetches a batch of the broken items again, ever more seldom, and names
// those that stay broken.
func (p *Puller) mend(ctx context.Context, connection string, reader backlog.Reader, result *Result) error {
	list, err := p.brokenItems(ctx, result.Site.ID)
	if err != nil || len(list.Items) == 0 {
		return err
	}
	now, wait := p.Clock(), min(patience, time.Minute<<min(list.Strikes, 10))
	if age := now.Sub(list.Tried); age < 0 || age >= wait {
		list.Tried = now
		if err := p.refetch(ctx, connection, reader, result, &list); err != nil {
			return err
		}
	}
	for _, i := range list.Items {
		if !slices.ContainsFunc(result.Broken, func(b backlog.Broken) bool { return b.ID == i.ID }) {
			result.Broken = append(result.Broken, backlog.Broken{ID: i.ID, Key: i.Key, Err: errors.New(i.Reason)})
		}
	}
	return nil
}

// refetch stores what can be read by now and keeps the rest, behind those that
// were not yet asked for again. A tracker that does not answer is no news.
func (p *Puller) refetch(ctx context.Context, connection string, reader backlog.Reader, result *Result, list *brokenList) error {
	batch := list.Items[:min(len(list.Items), brokenBatch)]
	ids := make([]backlog.ItemID, len(batch))
	for i, item := range batch {
		ids[i] = item.ID
	}
	sightings, err := reader.Fetch(ctx, ids...)
	if errors.Is(err, backlog.ErrUnauthorized) {
		return fmt.Errorf("fetch broken items again: %w", err)
	}
	if err != nil {
		p.Log.Warn("fetch broken items again", "connection", connection, "error", err)
		return nil
	}
	changes, err := p.Store.CommitSightings(ctx, connection, result.Site.ID, sightings, false)
	if err != nil {
		return fmt.Errorf("commit broken items: %w", err)
	}
	result.Changes.Add(changes)
	still := slices.Clone(list.Items[len(batch):])
	for i, s := range sightings {
		if s.Presence == backlog.Damaged {
			still = append(still, batch[i])
		}
	}
	list.Strikes++
	if len(still) < len(list.Items) {
		list.Strikes = 0
	}
	list.Items = still
	return p.saveBroken(ctx, result.Site.ID, *list)
}
