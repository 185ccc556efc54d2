package store_test

import (
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

func TestLongListsAreReadWhole(t *testing.T) {
	w := newWorld(t)
	var items []backlog.Item
	var ids []backlog.ItemID
	for n := range 1300 {
		item := story(jira, itoa(n), 0)
		item.Parent = &backlog.Ref{ID: backlog.ItemID{Site: jira, ID: "0"}}
		items, ids = append(items, item), append(ids, item.ID)
	}
	if got := w.page(items...); got.New != 1300 {
		t.Fatalf("page: %+v", got)
	}
	if got := w.page(items...); got.Same != 1300 {
		t.Fatalf("page again: %+v", got)
	}
	families, err := w.Families(w.ctx(), ids)
	w.must(err)
	if len(families) != 1300 || len(families[0].Children) != 1299 || families[1299].Parent == nil {
		t.Errorf("%d families, the first with %d children", len(families), len(families[0].Children))
	}
	for i, f := range families {
		if f.ID != ids[i] {
			t.Fatalf("family %d is %s, asked was %s", i, f.ID, ids[i])
		}
	}
	keys, err := w.Keys(w.ctx(), ids)
	w.must(err)
	if len(keys) != 1300 || len(w.dirty()) != 1300 {
		t.Errorf("%d keys, %d dirty", len(keys), len(w.dirty()))
	}
}

func TestPlacesLoseTheirNamesOnlyWhenTheyAreInOrder(t *testing.T) {
	for query, want := range map[string]string{
		`SELECT 1`:                          `SELECT 1`,
		`a = $1 AND b IN ($2, $3)`:          `a = ? AND b IN (?, ?)`,
		`a = $1 OR b = $1`:                  `a = $1 OR b = $1`,
		`a = $2 OR b = $1`:                  `a = $2 OR b = $1`,
		`a = $10`:                           `a = $10`,
		`$1$2$3$4$5$6$7$8$9$10$11`:          `???????????`,
		`VALUES ($1, $2, $2)`:               `VALUES ($1, $2, $2)`,
		`SELECT $1 WHERE x = ($2) LIMIT $3`: `SELECT ? WHERE x = (?) LIMIT ?`,
	} {
		if got := store.Positional(query); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}
