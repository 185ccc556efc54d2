package store

import (
	"context"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// Families loads items with their neighbours one hop away, in the order of
// ids. Items that are gone, hidden or unknown are left out, as neighbours too; a
// parent or link end that is left out counts as not known.
func (db *DB) Families(ctx context.Context, ids []backlog.ItemID) ([]backlog.Family, error) {
	var families []backlog.Family
	err := db.read(ctx, func(q querier) error {
		k, err := db.loadKin(ctx, q, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if own, ok := k.own[id]; ok {
				families = append(families, k.family(own))
			}
		}
		return nil
	})
	return families, err
}

// kin holds a batch of items with all their links and neighbours.
type kin struct {
	own     map[backlog.ItemID]*row
	items   map[int64]*row    // own and neighbours
	leaving map[int64][]*link // links that own items tell of
	coming  map[int64][]*link // links of others to own items
}

func (db *DB) loadKin(ctx context.Context, q querier, ids []backlog.ItemID) (*kin, error) {
	k := &kin{own: map[backlog.ItemID]*row{}, items: map[int64]*row{}, leaving: map[int64][]*link{}, coming: map[int64][]*link{}}
	sites, err := db.bySite(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	var numbers []int64
	for site, remote := range sites {
		rows, err := db.loadItems(ctx, q, `i.presence NOT IN ('gone', 'hidden') AND i.site = $1 AND i.remote_id IN (%s)`, remote, site)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			k.own[r.ID], k.items[r.id] = r, r
			numbers = append(numbers, r.id)
		}
	}
	slices.Sort(numbers)
	return k, k.loadNeighbours(ctx, db, q, numbers)
}

func (k *kin) loadNeighbours(ctx context.Context, db *DB, q querier, own []int64) error {
	leaving, err := loadLinks(ctx, q, `from_item IN (%s)`, own)
	if err != nil {
		return err
	}
	coming, err := loadLinks(ctx, q, `to_item IS NOT NULL AND to_item IN (%s)`, own)
	if err != nil {
		return err
	}
	others := set{}
	for _, l := range leaving {
		k.leaving[l.from] = append(k.leaving[l.from], l)
		others.add(l.target)
	}
	for _, l := range coming {
		k.coming[l.target] = append(k.coming[l.target], l)
		others.add(l.from)
	}
	var missing []any
	for id := range others {
		if _, loaded := k.items[id]; !loaded && id != 0 {
			missing = append(missing, id)
		}
	}
	rows, err := db.loadItems(ctx, q, `i.presence NOT IN ('gone', 'hidden') AND i.id IN (%s)`, missing)
	for _, r := range rows {
		k.items[r.id] = r
	}
	return err
}

func (k *kin) family(own *row) backlog.Family {
	f := backlog.Family{Stored: own.Stored}
	targets := make(map[linkID]int64, len(k.leaving[own.id]))
	for _, l := range k.leaving[own.id] {
		targets[l.id()] = l.target
		if l.kind == parentLink {
			f.Parent = k.stored(l.target)
		}
	}
	said := map[mirror]bool{} // links that the item tells of itself
	for _, l := range own.Links {
		target := targets[linkID{own.id, string(l.Type), string(l.Direction), l.To.Address()}]
		said[mirror{string(l.Type), string(l.Direction), target}] = true
		f.Linked = append(f.Linked, backlog.Neighbour{Type: l.Type, Direction: l.Direction, To: l.To, Item: k.stored(target)})
	}
	k.addComing(&f, own.id, said)
	return f
}

type mirror struct {
	kind, side string
	other      int64
}

// addComing adds what only the others tell: children, and links that the item
// itself does not carry, because its tracker does not know of them.
func (k *kin) addComing(f *backlog.Family, own int64, said map[mirror]bool) {
	coming := k.coming[own]
	slices.SortFunc(coming, func(a, b *link) int { return int(a.from - b.from) })
	for _, l := range coming {
		other := k.stored(l.from)
		switch {
		case other == nil || l.from == own:
		case l.kind == parentLink:
			f.Children = append(f.Children, *other)
		case said[mirror{l.kind, string(opposite(l.side)), l.from}]:
		default:
			f.Linked = append(f.Linked, backlog.Neighbour{
				Type: backlog.LinkType(l.kind), Direction: opposite(l.side), Item: other,
				To: backlog.Ref{ID: other.ID, Key: other.Key, URL: other.URL},
			})
		}
	}
}

func (k *kin) stored(id int64) *backlog.Stored {
	if r, ok := k.items[id]; ok {
		return &r.Stored
	}
	return nil
}

func opposite(side string) backlog.Direction {
	if side == string(backlog.Outward) {
		return backlog.Inward
	}
	return backlog.Outward
}
