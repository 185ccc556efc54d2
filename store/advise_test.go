package store_test

import (
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/store"
)

func TestLongListsAreLookedUpAndNoSiteIsWalkedOver(t *testing.T) {
	w := newWorld(t)
	list := strings.TrimSuffix(strings.Repeat("?, ", 512), ", ")
	for range 2 {
		for name, query := range map[string]string{
			"by id":      `SELECT f.remote_id FROM item f WHERE f.site = 1 AND f.presence <> 'gone' AND f.remote_id IN (` + list + `)`,
			"links":      `SELECT f.remote_id, t.remote_id FROM item f JOIN link l ON l.type = 'blocks' AND l.to_item IS NOT NULL AND l.from_item = f.id JOIN item t ON t.id = l.to_item WHERE f.site = 1 AND f.presence <> 'gone' AND f.remote_id IN (` + list + `)`,
			"candidates": `SELECT i.data FROM item i WHERE i.level <> '' AND i.presence IN ('found', 'moved') AND i.id IN (` + list + `) AND i.site = 1`,
			"intents":    `SELECT n.id FROM intent n JOIN item i ON i.id = n.item WHERE i.site = 1 AND n.state IN ('planned', 'sent', 'unknown')`,
		} {
			steps, err := store.Plan(w.ctx(), w.DB, query, make([]any, strings.Count(query, "?"))...)
			w.must(err)
			if plan := strings.Join(steps, "; "); strings.Contains(plan, "(site=?)") || strings.Contains(plan, "SCAN item") || strings.Contains(plan, "SCAN i ") {
				t.Errorf("%s: %s", name, plan)
			}
		}
		w.reopen()
	}
}
