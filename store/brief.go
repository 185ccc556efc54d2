package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// briefVersion changes with every change of what is packed, or how: all are
// made anew then.
const briefVersion = 2

// brief is what judging needs of an item. Custom values stay as they are
// stored until a policy wants them.
type brief struct {
	row
	site   int64
	custom string // JSON
}

// pack names what a brief is made of.
func (b *brief) pack(p *packer) {
	i := &b.Item
	number(p, &b.site)
	text(p, &i.ID.ID)
	text(p, &i.Project.ID)
	text(p, &i.Project.Key)
	text(p, &i.Project.Name)
	text(p, &i.Key)
	text(p, &i.URL)
	text(p, &i.Title)
	text(p, &i.Type)
	text(p, &i.Level)
	text(p, &i.Kind)
	text(p, &i.State.Category)
	text(p, &i.State.Native)
	moment(p, &i.State.Since)
	packText(p, &i.Text)
	optional(p, &i.Parent, packRef)
	list(p, &i.Links, packLink)
	list(p, &i.Labels, text)
	list(p, &i.Components, text)
	text(p, &i.Area)
	list(p, &i.Iterations, packIteration)
	list(p, &i.Versions, text)
	packPlanning(p, i)
	moment(p, &i.Created)
	moment(p, &i.Changed)
	number(p, &i.Filled)
	text(p, &b.custom)
	optional(p, &b.History, packHistory)
}

func packText(p *packer, t *backlog.Text) {
	list(p, &t.Criteria, text)
	text(p, &t.Role)
	text(p, &t.Means)
	text(p, &t.Ends)
	text(p, &t.Hypothesis)
	text(p, &t.Measure)
	flag(p, &t.Truncated)
	text(p, &t.Sentence)
	list(p, &t.Headings, text)
	number(p, &t.Words)
}

func packPlanning(p *packer, i *backlog.Item) {
	optional(p, &i.Points, float)
	text(p, &i.Priority)
	text(p, &i.Rank)
	optional(p, &i.WSJF.Value, float)
	optional(p, &i.WSJF.Criticality, float)
	optional(p, &i.WSJF.Risk, float)
	optional(p, &i.WSJF.Size, float)
	text(p, &i.Theme)
	text(p, &i.Persona)
	optional(p, &i.Assignee, func(p *packer, who *backlog.Person) { text(p, &who.ID) })
	text(p, &i.Due)
}

func packRef(p *packer, r *backlog.Ref) {
	text(p, &r.ID.Site)
	text(p, &r.ID.ID)
	text(p, &r.Key)
	text(p, &r.URL)
}

func packLink(p *packer, l *backlog.Link) {
	text(p, &l.Type)
	text(p, &l.Direction)
	packRef(p, &l.To)
}

func packIteration(p *packer, it *backlog.Iteration) {
	text(p, &it.ID)
	text(p, &it.Name)
	text(p, &it.Path)
	text(p, &it.Board)
	text(p, &it.State)
	moment(p, &it.Start)
	moment(p, &it.End)
}

func packHistory(p *packer, h *backlog.History) {
	moment(p, &h.StateSince)
	moment(p, &h.Activity)
	number(p, &h.Reopened)
	number(p, &h.CarriedOver)
	number(p, &h.DueMoved)
	flag(p, &h.Cut)
}

// of takes from an item what judging needs.
func (b *brief) of(site int64, item *backlog.Item, history *backlog.History) (err error) {
	b.site, b.Item, b.History, b.custom = site, *item, history, ""
	if len(item.Custom) > 0 {
		b.custom, err = encode(item.Custom)
	}
	return err
}

// keepBriefs keeps those of new items, and drops those of changed ones.
func (c *commit) keepBriefs(ctx context.Context) error {
	for _, k := range c.fresh {
		var b brief
		if err := b.of(c.site.number, &k.now.item, nil); err != nil {
			return err
		}
		if err := c.tx.keepBrief(ctx, k.id, &b); err != nil {
			return err
		}
	}
	ids := make([]int64, len(c.changed))
	for i, k := range c.changed {
		ids[i] = k.id
	}
	return c.tx.dropBriefs(ctx, ids)
}

func (t *tx) keepBrief(ctx context.Context, item int64, b *brief) error {
	p := &packer{bytes: t.db.packing[:0]}
	b.pack(p)
	t.db.packing = p.bytes
	_, err := t.ExecContext(ctx, `INSERT INTO brief (item, version, packed) VALUES ($1, $2, $3)
		ON CONFLICT (item) DO UPDATE SET version = excluded.version, packed = excluded.packed`, item, briefVersion, p.bytes)
	return err
}

// dropBriefs forgets what judging needs of items whose data or history has
// changed. It is made anew when it is needed.
func (t *tx) dropBriefs(ctx context.Context, items []int64) error {
	return execAmong(ctx, t, `DELETE FROM brief WHERE item IN (%s)`, items)
}

// loadBriefs loads what judging needs of items, and makes what is missing.
func (db *DB) loadBriefs(ctx context.Context, q querier, items []int64) (map[int64]*brief, error) {
	found := make(map[int64]*brief, len(items))
	err := among(ctx, q, func(rows *sql.Rows) error {
		var id int64
		var packed sql.RawBytes
		if err := rows.Scan(&id, &packed); err != nil {
			return err
		}
		b, p := &brief{}, newReader(packed)
		b.pack(p)
		if p.broken {
			return fmt.Errorf("item %d: %w", id, errPacked)
		}
		b.id = id
		found[id] = b
		return nil
	}, fmt.Sprintf(`SELECT item, packed FROM brief WHERE version = %d AND item IN (%%s)`, briefVersion), items)
	if err != nil {
		return nil, fmt.Errorf("load items: %w", err)
	}
	if len(found) == len(items) {
		return found, nil
	}
	return found, db.makeBriefs(ctx, q, items, found)
}

// madeBrief is a brief with what it was made of.
type madeBrief struct {
	brief
	content, past, remote string
}

// makeBriefs makes the briefs that were not found from the items, and keeps
// them for the next time.
func (db *DB) makeBriefs(ctx context.Context, q querier, items []int64, found map[int64]*brief) error {
	var missing []int64
	for _, id := range items {
		if found[id] == nil {
			missing = append(missing, id)
		}
	}
	made := map[int64]*madeBrief{}
	err := among(ctx, q, func(rows *sql.Rows) error {
		var id, site int64
		var data string
		m := &madeBrief{}
		if err := rows.Scan(&id, &site, &data, &m.past, &m.content, &m.remote); err != nil {
			return err
		}
		var item backlog.Item
		var history *backlog.History
		if err := errors.Join(decode(data, &item), decode(m.past, &history), addRemote(&item, m.remote)); err != nil {
			return err
		}
		made[id], m.id = m, id
		return m.of(site, &item, history)
	}, `SELECT id, site, data, history, content_hash, remote_links FROM item WHERE id IN (%s)`, missing)
	if err != nil {
		return fmt.Errorf("load items: %w", err)
	}
	for id, m := range made {
		found[id] = &m.brief
	}
	if len(made) == 0 {
		return nil
	}
	return db.write(ctx, func(t *tx) error { return t.keepMade(ctx, made) })
}

// keepMade keeps briefs that were made from what was read a moment ago, unless
// the item has changed since.
func (t *tx) keepMade(ctx context.Context, made map[int64]*madeBrief) error {
	for id, m := range made {
		same, err := one[int](ctx, t, `SELECT COUNT(*) FROM item WHERE id = $1 AND content_hash = $2 AND history = $3 AND remote_links = $4`, id, m.content, m.past, m.remote)
		if err != nil {
			return fmt.Errorf("look at item %d: %w", id, err)
		}
		if same == 0 {
			continue
		}
		if err := t.keepBrief(ctx, id, &m.brief); err != nil {
			return fmt.Errorf("keep what judging needs of item %d: %w", id, err)
		}
	}
	return nil
}
