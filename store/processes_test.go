package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestM01ManyProcessesMayStartAtOnce(t *testing.T) {
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

func TestS01TwoHandlesLoseNoUpdate(t *testing.T) {
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

// commitForever is the child of TestKilledBetweenPages: it commits one item a
// page, numbered like the position behind it, and says each number when the
// page is in.
func commitForever(path string) error {
	db, err := open(path)
	if err != nil {
		return err
	}
	ctx := context.Background()
	sweeps, _, err := db.Round(ctx, jira)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(sweeps[0].Position)
	for err == nil {
		n++
		item := story(jira, itoa(n), 0)
		item.Parent = &backlog.Ref{ID: backlog.ItemID{Site: jira, ID: itoa(max(n/2, 1))}}
		_, err = db.CommitPage(ctx, "shop", jira, "all", backlog.Page{Items: []backlog.Item{item}, Position: itoa(n)})
		fmt.Println(n)
	}
	return err
}

func TestKilledBetweenPages(t *testing.T) {
	if path := os.Getenv("STORE_TEST_KILL"); path != "" {
		t.Fatal(commitForever(path))
	}
	w := newWorld(t)
	w.must(w.BeginRound(w.ctx(), jira, []backlog.Sweep{{Name: "all", Position: "0"}}))
	w.must(w.Close())
	for kill := range 5 {
		said := w.killAfter(20 + 7*kill)
		w.open() // checks the file
		sweeps, _, err := w.Round(w.ctx(), jira)
		w.must(err)
		position, err := strconv.Atoi(sweeps[0].Position)
		w.must(err)
		counts, err := w.Counts(w.ctx(), "shop")
		w.must(err)
		if counts["SHOP"] != position || len(w.dirty()) != position {
			t.Errorf("kill %d: the position says %d, but %d items are stored and %d dirty", kill, position, counts["SHOP"], len(w.dirty()))
		}
		if position < said {
			t.Errorf("kill %d: page %d was in, and is lost behind %d", kill, said, position)
		}
		w.must(w.Close())
	}
}

// killAfter lets a child commit so many pages, kills it in the middle of what
// it does then, and returns the last page that it said was in.
func (w *world) killAfter(pages int) (said int) {
	w.t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKilledBetweenPages$")
	child.Env = append(os.Environ(), "STORE_TEST_KILL="+w.path)
	out, err := child.StdoutPipe()
	w.must(err)
	w.must(child.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if said, err = strconv.Atoi(lines.Text()); err != nil {
			w.t.Fatalf("the child says %q", lines.Text())
		}
		if pages--; pages == 0 {
			w.must(child.Process.Kill())
		}
	}
	_ = child.Wait() // killed
	if pages > 0 {
		w.t.Fatalf("the child ended %d pages too early", pages)
	}
	return said
}
