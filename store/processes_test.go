package store_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestManyProcessesMayStartAtOnce(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	for n := range 18 { // on three files
		group.Go(func() {
			db, err := open(filepath.Join(dir, itoa(n%3)))
			if err != nil {
				t.Error(err)
				return
			}
			_ = db.Close()
		})
	}
	group.Wait()
}

func TestTwoHandlesLoseNoUpdate(t *testing.T) {
	w := newWorld(t)
	second, err := open(w.path)
	w.must(err)
	t.Cleanup(func() { _ = second.Close() })
	const items, each = 8, 40
	var all []backlog.Item
	for i := range items {
		all = append(all, story(jira, itoa(i+1), 0))
	}
	w.page(all...)

	begun := make([]int, items)
	var mu sync.Mutex
	var group sync.WaitGroup
	for n, db := range []*store.DB{w.DB, second} {
		for i := range items {
			group.Go(func() {
				id := db.NewIntentID()
				err := db.BeginIntent(w.ctx(), backlog.Change{Intent: id, Item: all[i].ID}, []backlog.Step{{Intent: id, Item: all[i].ID, Payload: []byte(`{}`)}}, "")
				switch {
				case err == nil:
					mu.Lock()
					begun[i]++
					mu.Unlock()
				case !errors.Is(err, backlog.ErrBusy):
					t.Error(err)
				}
				if err := db.CommitEcho(w.ctx(), "shop", later(all[i], func(item *backlog.Item) { item.Title = fmt.Sprint(n) })); err != nil {
					t.Error(err)
				}
			})
		}
		group.Go(func() {
			for i := range each {
				if err := db.SetSetting(w.ctx(), fmt.Sprint(n, "/", i), "x"); err != nil {
					t.Error(err)
				}
				if fresh, err := db.Slot(w.ctx(), "weekly", morning.AddDate(0, 0, 7*i), "all"); err != nil {
					t.Error(err)
				} else if fresh {
					mu.Lock()
					begun = append(begun, 1)
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	if len(begun) != items+each {
		t.Errorf("%d slots claimed, want each of %d once", len(begun)-items, each)
	}
	for i, n := range begun[:items] {
		if n != 1 {
			t.Errorf("item %d has %d open intents", i, n)
		}
	}
	count, err := store.RawValue[int](w.ctx(), w.DB, `SELECT COUNT(*) FROM setting`)
	w.must(err)
	if count != 2*each {
		t.Errorf("%d settings, want %d: updates were lost", count, 2*each)
	}
}

// The child of TestKilledBetweenPages: it commits pages for ever, one new item
// each, numbered like the position behind it.
func commitForever(path string) {
	db, err := open(path)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	w := &world{DB: db}
	open, _, err := db.Round(w.ctx(), jira)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	n, _ := strconv.Atoi(open[0].Position) // the test wrote a number
	for {
		n++
		item := story(jira, itoa(n), 0)
		item.Parent = &backlog.Ref{ID: backlog.ItemID{Site: jira, ID: itoa(max(n/2, 1))}}
		page := backlog.Page{Items: []backlog.Item{item}, Position: itoa(n)}
		if _, err := db.CommitPage(w.ctx(), "shop", jira, "all", page); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
}

func TestKilledBetweenPages(t *testing.T) {
	if path := os.Getenv("STORE_TEST_KILL"); path != "" {
		commitForever(path)
	}
	w := newWorld(t)
	w.must(w.BeginRound(w.ctx(), jira, []backlog.Sweep{{Name: "all", Position: "0"}}))
	w.must(w.Close())
	last := 0
	for kill := range 5 {
		child := exec.Command(os.Args[0], "-test.run=^TestKilledBetweenPages$")
		child.Env = append(os.Environ(), "STORE_TEST_KILL="+w.path)
		child.Stdout = os.Stderr
		w.must(child.Start())
		time.Sleep(time.Duration(150+37*kill) * time.Millisecond)
		w.must(child.Process.Kill())
		_ = child.Wait() // killed

		w.open() // checks the file
		sweeps, _, err := w.Round(w.ctx(), jira)
		w.must(err)
		position, err := strconv.Atoi(sweeps[0].Position)
		w.must(err)
		counts, err := w.Counts(w.ctx(), "shop")
		w.must(err)
		if counts["SHOP"] != position {
			t.Errorf("kill %d: %d items are stored, the position says %d", kill, counts["SHOP"], position)
		}
		if dirty := w.dirty(); len(dirty) != min(position, 10000) {
			t.Errorf("kill %d: %d items are dirty, want %d", kill, len(dirty), position)
		}
		if position < last {
			t.Errorf("kill %d: position went back from %d to %d", kill, last, position)
		}
		last = position
		w.must(w.Close())
	}
	if last == 0 {
		t.Error("no child came to commit a page")
	}
}
