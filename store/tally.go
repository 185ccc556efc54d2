package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// standing is what of an item is counted. Everything that changes one of these
// in the table item tells the tallies, in the same transaction.
type standing struct {
	project, projectKey string
	kind                string // its type
	state               string
	iterations          string
	presence            backlog.Presence
	filled              backlog.FieldSet
	updated             int64
}

// standingColumns are what into reads, of the table item.
const standingColumns = `project, project_key, type, state, iterations, presence, filled, updated`

func (s *standing) into() []any {
	return []any{&s.project, &s.projectKey, &s.kind, &s.state, &s.iterations, &s.presence, &s.filled, &s.updated}
}

// counted reports whether the item is one of those that the site is said to
// have now.
func (s *standing) counted() bool { return s.presence == backlog.Found || s.presence == backlog.Moved }

// seated reports whether the item keeps its iterations alive.
func (s *standing) seated() bool {
	return s.counted() && s.iterations != "" && backlog.Category(s.state).NotDone()
}

// Items are counted by periods of this length; ever stands for all of them.
const (
	period = 28 * 24 * time.Hour
	ever   = -1
)

func periodOf(updated int64) int64 { return updated / period.Microseconds() }

// tallies collects by how much a transaction changes the counts of a site.
type tallies struct {
	items map[standing]int // by project and presence
	use   map[useKey][]int
	seats map[string]int
}

type useKey struct {
	period        int64
	project, kind string
}

func newTallies() *tallies {
	return &tallies{items: map[standing]int{}, use: map[useKey][]int{}, seats: map[string]int{}}
}

// moved counts an item away from where it stood and to where it stands now.
func (t *tallies) moved(from, to *standing) {
	t.add(from, -1)
	t.add(to, 1)
}

// add counts an item once more, or once less.
func (t *tallies) add(s *standing, n int) {
	t.items[standing{project: s.project, projectKey: s.projectKey, presence: s.presence}] += n
	if s.seated() {
		t.seats[s.iterations] += n
	}
	if !s.counted() {
		return
	}
	for _, p := range []int64{periodOf(s.updated), ever} {
		key := useKey{p, s.project, s.kind}
		counts := t.use[key]
		if counts == nil {
			counts = make([]int, 1+len(backlog.Fields()))
			t.use[key] = counts
		}
		counts[0] += n
		for f := range counts[1:] {
			if s.filled.Has(backlog.Field(f)) {
				counts[1+f] += n
			}
		}
	}
}

// tally writes the changed counts.
func (c *commit) tally(ctx context.Context) error {
	for s, n := range c.tallies.items {
		if n == 0 {
			continue
		}
		if _, err := c.tx.ExecContext(ctx, `INSERT INTO tally (site, project, project_key, presence, items) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (site, project, project_key, presence) DO UPDATE SET items = tally.items + excluded.items`,
			c.site.number, s.project, s.projectKey, string(s.presence), n); err != nil {
			return fmt.Errorf("count items: %w", err)
		}
	}
	for iterations, n := range c.tallies.seats {
		if err := c.tallySeat(ctx, iterations, n); err != nil {
			return fmt.Errorf("count iterations: %w", err)
		}
	}
	for key, counts := range c.tallies.use {
		if err := c.tallyUse(ctx, key, counts); err != nil {
			return fmt.Errorf("count fields: %w", err)
		}
	}
	return nil
}

func (c *commit) tallySeat(ctx context.Context, iterations string, n int) error {
	if n == 0 {
		return nil
	}
	_, err := c.tx.ExecContext(ctx, `INSERT INTO seat (site, iterations, items) VALUES ($1, $2, $3)
		ON CONFLICT (site, iterations) DO UPDATE SET items = seat.items + excluded.items`, c.site.number, iterations, n)
	if err == nil && n < 0 {
		_, err = c.tx.ExecContext(ctx, `DELETE FROM seat WHERE site = $1 AND iterations = $2 AND items <= 0`, c.site.number, iterations)
	}
	return err
}

func (c *commit) tallyUse(ctx context.Context, key useKey, by []int) error {
	if isZero(by) {
		return nil
	}
	text, err := one[string](ctx, c.tx, `SELECT counts FROM field_use WHERE period = $1 AND site = $2 AND project = $3 AND type = $4`,
		key.period, c.site.number, key.project, key.kind)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	counts, err := unpack(text)
	if err != nil {
		return err
	}
	for i, n := range by {
		counts[i] += n
	}
	_, err = c.tx.ExecContext(ctx, `INSERT INTO field_use (period, site, project, type, counts) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (period, site, project, type) DO UPDATE SET counts = excluded.counts`,
		key.period, c.site.number, key.project, key.kind, pack(counts))
	return err
}

func isZero(counts []int) bool {
	for _, n := range counts {
		if n != 0 {
			return false
		}
	}
	return true
}

// pack writes counts as they are stored.
func pack(counts []int) string {
	var b []byte
	for i, n := range counts {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return string(b)
}

// unpack reads what pack wrote, perhaps before there were so many fields.
func unpack(text string) ([]int, error) {
	counts := make([]int, 1+len(backlog.Fields()))
	if text == "" {
		return counts, nil
	}
	i := 0
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil, fmt.Errorf("read counts: %w", err)
		}
		if i < len(counts) {
			counts[i] = n
		}
		i++
	}
	return counts, nil
}
