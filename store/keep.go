package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// known is an item as the tables have it, with what arrives over it.
type known struct {
	id               int64
	key, url, level  string
	activity         int64
	content, summary string
	remote           string // links that are kept apart from the item
	standing                // where it is counted now

	now     *arrival // what is stored now, when that is new
	renamed bool     // it is new, or key or address are not what they were
}

// load reads what is stored of the arriving items.
func (c *commit) load(ctx context.Context, arrivals []*arrival) error {
	c.stored = make(map[string]*known, len(arrivals))
	ids := make([]string, len(arrivals))
	for i, a := range arrivals {
		ids[i] = a.item.ID.ID
	}
	return among(ctx, c.tx, func(rows *sql.Rows) error {
		var remote string
		k := &known{}
		if err := rows.Scan(append([]any{
			&remote, &k.id, &k.key, &k.url, &k.level, &k.activity, &k.content, &k.summary, &k.remote},
			k.into()...)...); err != nil {
			return err
		}
		c.stored[remote] = k
		return nil
	}, `SELECT remote_id, id, key, url, level, activity, content_hash, summary_hash, remote_links, `+standingColumns+`
		FROM item WHERE site = $1 AND remote_id IN (%s)`, ids, c.site.number)
}

// keep stores every arrival: new, changed, or not at all.
func (c *commit) keep(ctx context.Context, arrivals []*arrival) error {
	var fresh []*arrival
	for _, a := range arrivals {
		k, ok := c.stored[a.item.ID.ID]
		if !ok {
			fresh = append(fresh, a)
			continue
		}
		if err := c.renew(ctx, k, a); err != nil {
			return err
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	id, err := c.tx.next(ctx, "item", len(fresh))
	if err != nil {
		return err
	}
	for i, a := range fresh {
		if a.presence == backlog.Moved { // never was in scope
			a.presence = backlog.Context
		}
		k := &known{id: id + int64(i), now: a, activity: a.activity(), renamed: true}
		if k.standing, err = a.standing(a.presence); err != nil {
			return err
		}
		if err := c.insert(ctx, k); err != nil {
			return err
		}
		c.tallies.add(&k.standing, 1)
		c.changes.New++
		c.fresh = append(c.fresh, k)
		c.judge.add(k.id)
	}
	return nil
}

// renew stores an arrival over what is known, if it says anything new.
func (c *commit) renew(ctx context.Context, k *known, a *arrival) error {
	presence := settle(k.presence, a.presence)
	if c.source == fromSweep && outdated(k, a, c.tx.db.clock()) || a.content == k.content && presence == k.presence {
		c.changes.Same++
		if c.source == fromSweep || a.content != k.content {
			return nil
		}
		// A label of ours may have gone while a write was under way, and nothing
		// could be said of it then.
		return c.refuse(ctx, k.id, &a.item)
	}
	if inScope(presence) != inScope(k.presence) {
		c.judge.add(k.id)
	}
	if k.presence == backlog.Gone || k.presence == backlog.Hidden {
		c.noisy.add(k.id)
		c.turned.add(k.id)
	}
	c.follow(k, presence)
	c.owed.add(k.id)
	c.lacks.add(k.id)
	before := k.standing
	k.presence = presence
	if a.content == k.content {
		c.changes.Changed++
		c.tallies.moved(&before, &k.standing)
		_, err := c.tx.ExecContext(ctx, `UPDATE item SET presence = $1 WHERE id = $2`, presence, k.id)
		return err
	}
	if err := c.change(ctx, k, a); err != nil {
		return err
	}
	c.tallies.moved(&before, &k.standing)
	c.filling.compare(k.id, &before, &k.standing)
	return nil
}

// follow notes that an item leaves the scope, or is back from wherever it was.
func (c *commit) follow(k *known, presence backlog.Presence) {
	switch {
	case inScope(k.presence) && !inScope(presence):
		c.departed[k.id] = k.project
	case k.presence != presence && inScope(presence):
		c.returned.add(k.id)
		if k.presence == backlog.Missing {
			c.noisy.add(k.id) // what was said of its neighbours was held back
			c.judge.add(k.id) // and nobody marked it meanwhile
		}
	}
}

func (c *commit) change(ctx context.Context, k *known, a *arrival) error {
	ours, err := c.ours(ctx, k, a)
	if err != nil {
		return err
	}
	// What changed without an edit, as values do that vanish with their field, is
	// nobody's touch; the last edit may have been ours.
	if !ours && micros(a.item.Changed) != k.updated {
		k.activity = a.activity()
	}
	if micros(a.item.Changed) >= k.updated {
		if err := c.refuse(ctx, k.id, &a.item); err != nil {
			return err
		}
	}
	if !a.item.State.Category.NotDone() {
		k.remote = ""
	}
	if err := addRemote(&a.item, k.remote); err != nil { // a.data stays as it was told
		return err
	}
	quiet := ours && c.source == fromEcho
	if !quiet {
		c.judge.add(k.id)
	}
	summary := a.item.SummaryHash()
	if summary != k.summary && !quiet {
		c.noisy.add(k.id)
	}
	k.now, k.renamed = a, a.item.Key != k.key || a.url() != k.url
	if a.item.Key != k.key { // a cycle is told by keys
		c.turned.add(k.id)
	}
	c.changed = append(c.changed, k)
	c.changes.Changed++
	if k.standing, err = a.standing(k.presence); err != nil {
		return err
	}
	return c.update(ctx, k, summary)
}

// settle is where an item is that was at one place and is now seen at another.
func settle(before, now backlog.Presence) backlog.Presence {
	switch {
	case now == backlog.Moved: // out of the scope, by its own word
		return backlog.Context
	case now != backlog.Context:
		return now
	case before == backlog.Missing: // seen, so not missing
		return backlog.Found
	case inScope(before):
		return before
	}
	return backlog.Context
}

// Clocks differ by less than this.
const skew = 10 * time.Minute

// outdated reports whether a sweep brings something older than what is known.
// A gone item comes back only with a later change. A stored time that lies in
// the future was wrong and proves nothing; no time at all proves nothing
// either.
func outdated(k *known, a *arrival, now time.Time) bool {
	updated := micros(a.item.Changed)
	switch {
	case updated == 0 || k.updated > micros(now.Add(skew)):
		return false
	case k.presence == backlog.Gone:
		return updated <= k.updated
	}
	return updated < k.updated
}
