package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// A change of an item this near to a step of ours may be that step.
const nearby = 5 * time.Minute

// ours reports whether the difference between a stored item and the arriving
// one is our own writing: its substance is the same, every label that came or
// went is one of ours, and we wrote on it about then. An echo needs no time:
// it follows our write.
func (c *commit) ours(ctx context.Context, k *known, a *arrival) (bool, error) {
	if c.source != fromEcho {
		near, err := c.wroteNear(ctx, k.id, a.item.Changed)
		if err != nil || !near {
			return false, err
		}
	}
	same, err := c.sameSubstance(ctx, k.id, a)
	if err != nil || !same {
		return false, err
	}
	differing, err := c.differingLabels(ctx, k.id, a.item.Labels)
	if err != nil || len(differing) == 0 {
		return err == nil, err
	}
	return c.areOurs(ctx, k.id, differing)
}

// sameSubstance compares the stored item with the arriving one, both as they
// are stored. It is asked seldom: no hash is kept for it.
func (c *commit) sameSubstance(ctx context.Context, item int64, a *arrival) (bool, error) {
	data, err := one[string](ctx, c.tx, `SELECT data FROM item WHERE id = $1`, item)
	if err != nil {
		return false, err
	}
	var before, now backlog.Item
	if err := errors.Join(decode(data, &before), decode(a.data, &now)); err != nil {
		return false, err
	}
	return before.SubstanceHash() == now.SubstanceHash(), nil
}

func (c *commit) wroteNear(ctx context.Context, item int64, at time.Time) (bool, error) {
	n, err := one[int](ctx, c.tx, `SELECT COUNT(*) FROM intent i JOIN step s ON s.intent = i.id
		WHERE i.item = $1 AND s.sent_at BETWEEN $2 AND $3`, item, micros(at.Add(-nearby)), micros(at.Add(nearby)))
	return n > 0, err
}

// differingLabels are the labels on one side only, in lower case.
func (c *commit) differingLabels(ctx context.Context, item int64, now []string) (map[string]bool, error) {
	data, err := one[string](ctx, c.tx, `SELECT data FROM item WHERE id = $1`, item)
	if err != nil {
		return nil, err
	}
	var before struct{ Labels []string }
	if err := decode(data, &before); err != nil {
		return nil, err
	}
	old, fresh := lowerSet(before.Labels), lowerSet(now)
	differing := map[string]bool{}
	for _, pair := range [][2]map[string]bool{{old, fresh}, {fresh, old}} {
		for label := range pair[0] {
			if !pair[1][label] {
				differing[label] = true
			}
		}
	}
	return differing, nil
}

// refuse notes which labels of ours a person took off: they were on the stored
// item and are not on the arriving one. While a write of ours is under way it
// may be that write, so nothing is noted.
func (c *commit) refuse(ctx context.Context, item int64, now *backlog.Item) error {
	owned, err := c.ownedLabels(ctx, item)
	if err != nil || len(owned) == 0 {
		return err
	}
	differing, err := c.differingLabels(ctx, item, now.Labels)
	if err != nil {
		return err
	}
	still := lowerSet(now.Labels)
	for label, told := range owned {
		lower := strings.ToLower(label)
		if still[lower] || !differing[lower] && !c.newer(now, told) {
			continue
		}
		if err := c.tx.removed(ctx, item, backlog.OwnedLabel, label); err != nil {
			return err
		}
		if _, err := c.tx.ExecContext(ctx, `INSERT INTO owned (item, kind, value, hash, shows, intent, since, told)
			SELECT item, $1, value, hash, shows, intent, $2, told FROM owned WHERE item = $3 AND kind = $4 AND value = $5
			ON CONFLICT (item, kind, value) DO NOTHING`,
			string(backlog.RefusedLabel), micros(c.tx.db.clock()), item, string(backlog.OwnedLabel), label); err != nil {
			return err
		}
		if _, err := c.tx.ExecContext(ctx, `DELETE FROM owned WHERE item = $1 AND kind = $2 AND value = $3`, item, string(backlog.OwnedLabel), label); err != nil {
			return err
		}
	}
	return nil
}

// newer reports whether an arriving item is surely newer than our writing of a
// label, though it may never have been stored with it: it was read by identity
// a while later, or changed then. A time that lies ahead proves nothing.
func (c *commit) newer(now *backlog.Item, told time.Time) bool {
	clock := c.tx.db.clock()
	if c.source != fromSweep && clock.Sub(told) > time.Minute {
		return true
	}
	return now.Changed.Sub(told) > nearby && now.Changed.Before(clock.Add(skew))
}

// ownedLabels are our labels on an item that no write of ours is under way on,
// and when they were written.
func (c *commit) ownedLabels(ctx context.Context, item int64) (map[string]time.Time, error) {
	labels := map[string]time.Time{}
	err := each(ctx, c.tx, func(rows *sql.Rows) error {
		var label string
		var told int64
		err := rows.Scan(&label, &told)
		labels[label] = fromMicros(told)
		return err
	}, `SELECT value, told FROM owned WHERE item = $1 AND kind = $2
		AND NOT EXISTS (SELECT 1 FROM intent WHERE intent.item = $1 AND `+isOpen+`)`, item, string(backlog.OwnedLabel))
	return labels, err
}

func lowerSet(labels []string) map[string]bool {
	all := make(map[string]bool, len(labels))
	for _, label := range labels {
		all[strings.ToLower(label)] = true
	}
	return all
}

// areOurs strikes out the labels that we own on the item or that an intent of
// ours added or removed, and reports whether none is left.
func (c *commit) areOurs(ctx context.Context, item int64, differing map[string]bool) (bool, error) {
	err := each(ctx, c.tx, func(rows *sql.Rows) error {
		var label string
		err := rows.Scan(&label)
		delete(differing, strings.ToLower(label))
		return err
	}, `SELECT value FROM owned WHERE item = $1 AND kind = $2`, item, string(backlog.OwnedLabel))
	if err != nil {
		return false, err
	}
	err = each(ctx, c.tx, func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		var change backlog.Change
		if err := decode(text, &change); err != nil {
			return err
		}
		for _, label := range append(change.AddLabels, change.RemoveLabels...) {
			delete(differing, strings.ToLower(label))
		}
		return nil
	}, `SELECT change FROM intent WHERE item = $1`, item)
	return len(differing) == 0, err
}
