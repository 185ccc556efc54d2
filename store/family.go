package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// Families loads whole items with their neighbours one hop away, in the order
// of ids. Items that are gone, hidden or unknown are left out, as neighbours
// too; a parent or link end that is left out counts as not known.
func (db *DB) Families(ctx context.Context, ids []backlog.ItemID) ([]backlog.Family, error) {
	var families []backlog.Family
	err := db.read(ctx, func(q querier) error {
		own, err := db.loadOwn(ctx, q, ids)
		if err != nil {
			return err
		}
		k := newKin(own, nil)
		err = k.loadNeighbours(ctx, q, func(missing []int64) ([]*row, error) {
			return db.loadItems(ctx, q, `i.presence NOT IN ('gone', 'hidden') AND i.id IN (%s)`, anyOf(missing))
		})
		for _, r := range own {
			families = append(families, k.family(r))
		}
		return err
	})
	return families, err
}

// loadOwn loads whole items in the order of ids.
func (db *DB) loadOwn(ctx context.Context, q querier, ids []backlog.ItemID) ([]*row, error) {
	sites, err := db.bySite(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	found := map[backlog.ItemID]*row{}
	for site, remote := range sites {
		rows, err := db.loadItems(ctx, q, `i.presence NOT IN ('gone', 'hidden') AND i.site = $1 AND i.remote_id IN (%s)`, remote, site)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			found[r.ID] = r
		}
	}
	var own []*row
	for _, id := range ids {
		if r, ok := found[id]; ok {
			own = append(own, r)
		}
	}
	return own, nil
}

// kin holds a batch of items with those of their links and neighbours that are
// wanted.
type kin struct {
	own     []*row
	items   map[int64]*row    // own and neighbours
	leaving map[int64][]*link // links that own items tell of
	coming  map[int64][]*link // links of others to own items
	reads   map[backlog.Level]backlog.Reads
}

// newKin begins with some items. Without reads everything is wanted.
func newKin(own []*row, reads map[backlog.Level]backlog.Reads) *kin {
	k := &kin{own: own, reads: reads, items: make(map[int64]*row, len(own)), leaving: map[int64][]*link{}, coming: map[int64][]*link{}}
	for _, r := range own {
		k.items[r.id] = r
	}
	return k
}

func (k *kin) wants(r *row) backlog.Reads {
	if k.reads == nil {
		return backlog.Reads{Parent: true, Children: true, Links: true, Custom: true}
	}
	return k.reads[r.Level]
}

// loadNeighbours loads the links that are wanted, and by load the items at
// their other ends.
func (k *kin) loadNeighbours(ctx context.Context, q querier, load func([]int64) ([]*row, error)) error {
	var out, in []int64
	kinds := ` AND type = '` + parentLink + `'`
	for _, r := range k.own {
		want := k.wants(r)
		if want.Parent || want.Links {
			out = append(out, r.id)
		}
		if want.Children || want.Links {
			in = append(in, r.id)
		}
		if want.Links {
			kinds = ""
		}
	}
	links := loadLinks[int64]
	if kinds != "" {
		links = loadParents
	}
	leaving, err := links(ctx, q, `from_item IN (%s)`+kinds, out)
	if err != nil {
		return err
	}
	coming, err := links(ctx, q, `to_item IS NOT NULL AND to_item IN (%s)`+kinds, in)
	if err != nil {
		return err
	}
	rows, err := load(k.connect(leaving, coming))
	for _, r := range rows {
		k.items[r.id] = r
	}
	return err
}

// loadParents is loadLinks for who is whose parent, and no more.
func loadParents(ctx context.Context, q querier, where string, list []int64) ([]*link, error) {
	all := make([]*link, 0, len(list))
	err := among(ctx, q, func(rows *sql.Rows) error {
		l := &link{kind: parentLink}
		all = append(all, l)
		return rows.Scan(&l.from, &l.target)
	}, `SELECT from_item, COALESCE(to_item, 0) FROM link WHERE `+where, list)
	if err != nil {
		return nil, fmt.Errorf("load parents: %w", err)
	}
	return all, nil
}

// connect notes links, and returns the items at their ends that are not loaded.
func (k *kin) connect(leaving, coming []*link) []int64 {
	others := set{}
	for _, l := range leaving {
		k.leaving[l.from] = append(k.leaving[l.from], l)
		others.add(l.target)
	}
	for _, l := range coming {
		k.coming[l.target] = append(k.coming[l.target], l)
		others.add(l.from)
	}
	var missing []int64
	for id := range others {
		if _, loaded := k.items[id]; !loaded && id != 0 {
			missing = append(missing, id)
		}
	}
	slices.Sort(missing)
	return missing
}

func (k *kin) family(own *row) backlog.Family {
	f := backlog.Family{Stored: own.Stored, Number: own.id}
	want := k.wants(own)
	for _, l := range k.leaving[own.id] {
		if l.kind == parentLink {
			f.Parent = k.stored(l.target)
		}
	}
	if want.Links {
		k.link(&f)
	}
	if want.Children || want.Links {
		k.addComing(&f, want)
	}
	return f
}

// link adds the links that the item tells of itself.
func (k *kin) link(f *backlog.Family) {
	targets := make(map[linkID]int64, len(k.leaving[f.Number]))
	for _, l := range k.leaving[f.Number] {
		targets[l.id()] = l.target
	}
	for _, l := range f.Links {
		target := targets[linkID{f.Number, string(l.Type), string(l.Direction), l.To.Address()}]
		f.Linked = append(f.Linked, backlog.Neighbour{Type: l.Type, Direction: l.Direction, To: l.To, Item: k.stored(target)})
	}
}

type mirror struct {
	kind, side string
	other      backlog.ItemID
}

// addComing adds what only the others tell: children, and links that the item
// itself does not carry, because its tracker does not know of them.
func (k *kin) addComing(f *backlog.Family, want backlog.Reads) {
	said := make(map[mirror]bool, len(f.Linked))
	for _, l := range f.Linked {
		if l.Item != nil {
			said[mirror{string(l.Type), string(l.Direction), l.Item.ID}] = true
		}
	}
	coming := k.coming[f.Number]
	if want.Children && len(coming) > 0 {
		f.Children = make([]backlog.Stored, 0, len(coming))
	}
	slices.SortFunc(coming, func(a, b *link) int { return int(a.from - b.from) })
	for _, l := range coming {
		other := k.stored(l.from)
		switch {
		case other == nil || l.from == f.Number:
		case l.kind == parentLink && want.Children:
			f.Children = append(f.Children, *other)
		case l.kind == parentLink || !want.Links || said[mirror{l.kind, string(opposite(l.side)), other.ID}]:
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

func anyOf(ids []int64) []any {
	all := make([]any, len(ids))
	for i, id := range ids {
		all[i] = id
	}
	return all
}
