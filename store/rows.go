package store

import (
	"context"

	"github.com/trackwarden/trackwarden/backlog"
)

func (c *commit) insert(ctx context.Context, k *known) error {
	i := &k.now.item
	_, err := c.tx.ExecContext(ctx, `INSERT INTO item (id, site, remote_id, project, project_key, key, url, level, kind, type, state, parent,
		rev, updated, activity, filled, content_hash, summary_hash, presence, iterations, data)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
		k.id, c.site.number, i.ID.ID, i.Project.ID, i.Project.Key, i.Key, k.now.url(), string(i.Level), string(i.Kind), i.Type, string(i.State.Category), k.now.parent(),
		i.Revision, micros(i.Changed), k.activity, int64(i.Filled), k.now.content, i.SummaryHash(), string(k.presence), k.iterations, k.now.data)
	return err
}

func (c *commit) update(ctx context.Context, k *known, summary string) error {
	i := &k.now.item
	_, err := c.tx.ExecContext(ctx, `UPDATE item SET project = $1, project_key = $2, key = $3, url = $4, level = $5, kind = $6, type = $7, state = $8, parent = $9,
		rev = $10, updated = $11, activity = $12, filled = $13, content_hash = $14, summary_hash = $15, presence = $16, iterations = $17, data = $18, remote_links = $19
		WHERE id = $20`,
		i.Project.ID, i.Project.Key, i.Key, k.now.url(), string(i.Level), string(i.Kind), i.Type, string(i.State.Category), k.now.parent(),
		i.Revision, micros(i.Changed), k.activity, int64(i.Filled), k.now.content, summary, string(k.presence), k.iterations, k.now.data, k.remote, k.id)
	return err
}

// keepIterations keeps what the items say of their iterations. Items are not
// touched when a sprint starts, so the item that changed last is believed.
func (c *commit) keepIterations(ctx context.Context) error {
	type told struct {
		seen int64
		it   backlog.Iteration
	}
	newest := map[string]told{}
	for _, list := range [][]*known{c.fresh, c.changed} {
		for _, k := range list {
			seen := micros(k.now.item.Changed)
			for _, it := range k.now.item.Iterations {
				if t, ok := newest[iterationKey(it)]; !ok || seen >= t.seen {
					newest[iterationKey(it)] = told{seen, it}
				}
			}
		}
	}
	for key, t := range newest {
		data, err := encode(t.it)
		if err != nil {
			return err
		}
		if _, err := c.tx.ExecContext(ctx, `INSERT INTO iteration (site, remote_id, seen, data) VALUES ($1, $2, $3, $4)
			ON CONFLICT (site, remote_id) DO UPDATE SET seen = excluded.seen, data = excluded.data WHERE excluded.seen >= iteration.seen`,
			c.site.number, key, t.seen, data); err != nil {
			return err
		}
	}
	return nil
}

// remove marks items as gone, on positive evidence. They stay stored, and are
// no longer judged.
func (c *commit) remove(ctx context.Context, gone []backlog.ItemID) error {
	if len(gone) == 0 {
		return nil
	}
	ids, subjects := make([]string, len(gone)), make([]string, len(gone))
	for i, id := range gone {
		ids[i], subjects[i] = id.ID, id.String()
	}
	rows, err := c.vanish(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range rows {
		c.noisy.add(id)
		c.turned.add(id)
		delete(c.judge, id)
		c.changes.Changed++
		c.changes.LinksChanged = true
	}
	if err := c.retire(ctx, rows, becauseGone); err != nil {
		return err
	}
	return execAmong(ctx, c.tx, `DELETE FROM dirty WHERE kind = 'item' AND subject IN (%s)`, subjects)
}
