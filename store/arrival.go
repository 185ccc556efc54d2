package store

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// arrival is an item on its way in.
type arrival struct {
	item     backlog.Item
	presence backlog.Presence
	data     string // the item as it is stored
	content  string // hash of data: the same hash, nothing changed
}

// arrive makes an item ready to be stored, its texts mended.
func arrive(item backlog.Item, presence backlog.Presence) (*arrival, error) {
	return arriveBy(&bytes.Buffer{}, item, presence)
}

// arriveBy is arrive with a buffer that serves many items.
func arriveBy(b *bytes.Buffer, item backlog.Item, presence backlog.Presence) (*arrival, error) {
	a := &arrival{item: item, presence: presence}
	if err := a.encode(b); err != nil {
		return nil, err
	}
	if broken(b.Bytes()) {
		clean(&a.item)
		if err := a.encode(b); err != nil {
			return nil, err
		}
	}
	sum := sha256.Sum256(b.Bytes())
	a.data, a.content = b.String(), hex.EncodeToString(sum[:12])
	return a, nil
}

// encode leaves the activity out: it is ours, and has a column.
func (a *arrival) encode(b *bytes.Buffer) error {
	activity := a.item.Activity
	defer func() { a.item.Activity = activity }()
	a.item.Activity = time.Time{}
	b.Reset()
	return encodeTo(b, &a.item)
}

// arriveAll makes items ready. An item that a page brings twice arrives once,
// as it was changed last.
func arriveAll(items []backlog.Item) ([]*arrival, error) {
	at := make(map[string]int, len(items))
	all := make([]*arrival, 0, len(items))
	var b bytes.Buffer
	for _, item := range items {
		a, err := arriveBy(&b, item, backlog.Found)
		if err != nil {
			return nil, err
		}
		i, twice := at[item.ID.ID]
		switch {
		case !twice:
			at[item.ID.ID] = len(all)
			all = append(all, a)
		case !item.Changed.Before(all[i].item.Changed):
			all[i] = a
		}
	}
	return all, nil
}

// activity is when the item was last touched, if this is not our own touch.
func (a *arrival) activity() int64 {
	if !a.item.Activity.IsZero() {
		return micros(a.item.Activity)
	}
	return micros(a.item.Changed)
}

// url is the item's address as links are compared with it.
func (a *arrival) url() string { return strings.TrimSuffix(a.item.URL, "/") }

func (a *arrival) parent() string {
	if a.item.Parent == nil {
		return ""
	}
	return a.item.Parent.Address()
}

// standing is where the item is counted.
func (a *arrival) standing(p backlog.Presence) (standing, error) {
	iterations, err := a.iterations()
	i := &a.item
	return standing{
		project: i.Project.ID, projectKey: i.Project.Key, kind: i.Type, state: string(i.State.Category),
		iterations: iterations, presence: p, filled: i.Filled, updated: micros(i.Changed),
	}, err
}

func (a *arrival) iterations() (string, error) {
	if len(a.item.Iterations) == 0 {
		return "", nil
	}
	keys := make([]string, len(a.item.Iterations))
	for i, it := range a.item.Iterations {
		keys[i] = iterationKey(it)
	}
	return encode(keys)
}

func iterationKey(it backlog.Iteration) string { return cmp.Or(it.ID, it.Path, it.Name) }

// addresses are what a link to the item may have been kept as. A key may stand
// where the id was not known.
func (a *arrival) addresses() []string {
	id := a.item.ID
	all := []string{backlog.Ref{ID: id}.Address()}
	if a.item.Key != "" && a.item.Key != id.ID {
		all = append(all, backlog.Ref{ID: backlog.ItemID{Site: id.Site, ID: a.item.Key}}.Address())
	}
	if a.item.URL != "" {
		all = append(all, backlog.Ref{URL: a.item.URL}.Address())
	}
	return all
}
