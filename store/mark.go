package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// Reasons for which an item is dirty.
const (
	becauseContent   = "content"
	becauseNeighbour = "neighbour"
	becauseCycle     = "cycle"
)

// mark makes dirty what the commit changed, and whom the changes concern. New
// items need no mark: they lie ahead of the walk of their site, which comes to
// them (see walk.go). Their neighbours are the ends of their links.
func (c *commit) mark(ctx context.Context) error {
	neighbours, err := c.neighbours(ctx)
	if err != nil {
		return err
	}
	maps.Copy(neighbours, c.ends)
	maps.DeleteFunc(neighbours, func(id int64, _ struct{}) bool { return c.judge.has(id) })
	for _, k := range c.fresh {
		delete(c.judge, k.id)
	}
	if err := c.tx.markItems(ctx, becauseContent, c.judge); err != nil {
		return err
	}
	return c.tx.markItems(ctx, becauseNeighbour, neighbours)
}

// neighbours are the parents, children and link ends of the items whose
// summary changed.
func (c *commit) neighbours(ctx context.Context) (set, error) {
	found := set{}
	noisy := slices.Sorted(maps.Keys(c.noisy))
	for _, query := range []string{
		`SELECT DISTINCT to_item FROM link WHERE to_item IS NOT NULL AND from_item IN (%s)`,
		`SELECT DISTINCT from_item FROM link WHERE to_item IS NOT NULL AND to_item IN (%s)`,
	} {
		err := among(ctx, c.tx, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			found.add(id)
			return err
		}, query, noisy)
		if err != nil {
			return nil, fmt.Errorf("find neighbours: %w", err)
		}
	}
	return found, nil
}

// What is judged: items in scope that are on a level.
const judged = `i.level <> '' AND i.presence IN ('found', 'moved')`

// What is told of: a missing item too, as it was judged last.
const told = `i.level <> '' AND i.presence IN ('found', 'moved', 'missing')`

const markItems = `INSERT INTO dirty (kind, subject, reason, seq, site, item)
	SELECT 'item', s.remote_id || '/' || i.remote_id, CAST($1 AS TEXT), CAST($2 AS BIGINT), i.site, i.id
	FROM item i JOIN site s ON s.id = i.site WHERE ` + judged + `%s
	ON CONFLICT (kind, subject) DO UPDATE SET reason = excluded.reason, seq = excluded.seq`

// markItems makes items dirty, as far as they are judged at all.
func (t *tx) markItems(ctx context.Context, reason string, items set) error {
	if len(items) == 0 {
		return nil
	}
	seq, err := t.sequence(ctx)
	if err != nil {
		return err
	}
	ids := slices.Sorted(maps.Keys(items))
	return execAmong(ctx, t, fmt.Sprintf(markItems, ` AND i.id IN (%s)`), ids, reason, seq)
}

// sequence numbers this transaction's marks.
func (t *tx) sequence(ctx context.Context) (int64, error) {
	if t.seq == 0 {
		seq, err := t.next(ctx, "dirty", 1)
		if err != nil {
			return 0, err
		}
		t.seq = seq
	}
	return t.seq, nil
}

// vanish marks items as gone and returns those that were not yet.
func (c *commit) vanish(ctx context.Context, remoteIDs []string) (rows []int64, err error) {
	err = among(ctx, c.tx, func(r *sql.Rows) error {
		var id int64
		var from standing
		err := r.Scan(append([]any{&id}, from.into()...)...)
		to := from
		to.presence = backlog.Gone
		c.tallies.moved(&from, &to)
		rows = append(rows, id)
		return err
	}, `SELECT id, `+standingColumns+` FROM item WHERE site = $1 AND presence <> $2 AND remote_id IN (%s)`, remoteIDs, c.site.number, string(backlog.Gone))
	if err == nil {
		err = execAmong(ctx, c.tx, `UPDATE item SET presence = $1 WHERE id IN (%s)`, rows, string(backlog.Gone))
	}
	if err != nil {
		return nil, fmt.Errorf("mark as gone: %w", err)
	}
	return rows, nil
}

// MarkDirty makes those items dirty that are chosen, as far as they are judged
// at all.
func (db *DB) MarkDirty(ctx context.Context, reason string, some backlog.Some) error {
	return db.write(ctx, func(t *tx) error {
		seq, err := t.sequence(ctx)
		if err != nil {
			return err
		}
		where, args := chosen(some, cleanText(reason), seq)
		_, err = t.ExecContext(ctx, fmt.Sprintf(markItems, where), args...)
		return err
	})
}

// chosen writes a choice as a condition, its values behind those of args.
func chosen(some backlog.Some, args ...any) (string, []any) {
	var where strings.Builder
	value := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	equal := func(column, v string) {
		if v != "" {
			fmt.Fprintf(&where, " AND %s = %s", column, value(v))
		}
	}
	equal("s.connection", some.Connection)
	equal("i.project_key", some.Project)
	equal("i.project", some.ProjectID)
	equal("i.type", some.Type)
	if len(some.Levels) > 0 {
		fmt.Fprintf(&where, " AND i.level IN (%s)", places(some.Levels, value))
	}
	if len(some.Teams) > 0 {
		fmt.Fprintf(&where, " AND EXISTS (SELECT 1 FROM judgement j WHERE j.item = i.id AND j.team IN (%s))", places(some.Teams, value))
	}
	if len(some.Keys) > 0 {
		fmt.Fprintf(&where, " AND upper(i.key) IN (%s)", places(some.Keys, func(v any) string { return "upper(" + value(v) + ")" }))
	}
	return where.String(), args
}

func places[T ~string](values []T, value func(any) string) string {
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = value(string(v))
	}
	return strings.Join(marks, ", ")
}
