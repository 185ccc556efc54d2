package azuredevops

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/trackwarden/trackwarden/backlog"
)

// Fetch reads work items by id; a key is the same number. Ids of any other
// form are hidden: there is no such work item, and nothing is proved by it.
func (t *Tracker) Fetch(ctx context.Context, ids ...backlog.ItemID) ([]backlog.Sighting, error) {
	m, err := t.known(ctx)
	if err != nil {
		return nil, fmt.Errorf("fetch work items: %w", err)
	}
	sightings := make([]backlog.Sighting, 0, len(ids))
	for part := range slices.Chunk(ids, t.settings.BatchSize) {
		found, err := t.sights(ctx, m, numbers(part), true)
		if err != nil {
			return nil, fmt.Errorf("fetch work items: %w", err)
		}
		for _, id := range part {
			s := backlog.Sighting{Presence: backlog.Hidden}
			if n, ok := number(id); ok {
				s = found[n]
			}
			s.ID = id
			sightings = append(sightings, s)
		}
	}
	return sightings, nil
}

// numbers are the ids as the tracker takes them, each once.
func numbers(ids []backlog.ItemID) []int {
	var all []int
	for _, id := range ids {
		if n, ok := number(id); ok && !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return all
}

// number reads an id; a work item's is positive and fits into 32 bits.
func number(id backlog.ItemID) (int, bool) {
	n, err := strconv.ParseInt(id.ID, 10, 32)
	return int(n), err == nil && n > 0
}
