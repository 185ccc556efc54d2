package main

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/example"
)

// database lists the files of the train's database.
func (tr *train) database() []string {
	tr.t.Helper()
	files, err := filepath.Glob(filepath.Join(tr.dir, "*.db*"))
	if err != nil || len(files) == 0 {
		tr.t.Fatalf("no database in %s: %v", tr.dir, err)
	}
	return files
}

// files reads all of the database, as a backup does while nobody writes.
func (tr *train) files() map[string][]byte {
	tr.t.Helper()
	all := map[string][]byte{}
	for _, name := range tr.database() {
		content, err := os.ReadFile(name)
		if err != nil {
			tr.t.Fatal(err)
		}
		all[name] = content
	}
	return all
}

// replace puts other files in place of the database; none deletes it.
func (tr *train) replace(with map[string][]byte) {
	tr.t.Helper()
	tr.app.close()
	tr.app = nil
	for _, name := range tr.database() {
		if err := os.Remove(name); err != nil {
			tr.t.Fatal(err)
		}
	}
	for name, content := range with {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			tr.t.Fatal(err)
		}
	}
	tr.open(config.Enforce)
}

// traces counts our comments on the items of both trackers by their key.
func (tr *train) traces() map[string]int {
	all := map[string]int{}
	for _, item := range example.Items() {
		all[item.Key] = tr.comments(item)
	}
	return all
}

// everyWrite lists all that was ever written, the last last.
func (tr *train) everyWrite() []simulator.Entry {
	all := append(tr.world.Jira.Truth().Writes(), tr.world.Azure.Truth().Writes()...)
	slices.SortStableFunc(all, func(a, b simulator.Entry) int { return a.At.Compare(b.At) })
	return all
}

// onlyEdits holds that nothing was written since but one comment that says
// another day: since when nobody touched an item is read anew out of its history.
func (tr *train) onlyEdits(since int) {
	tr.t.Helper()
	for i, e := range tr.everyWrite()[since:] {
		if i > 0 || e.Method != http.MethodPut || !strings.Contains(e.Path, "/comment/") || !strings.Contains(e.Body, "Untouched") {
			tr.t.Errorf("written again: %s %s %s", e.Method, e.Path, e.Body)
		}
	}
}

// The database is gone. Everything is read anew; what of ours is on the items is
// adopted, and no item is written on a second time.
func TestS06ADeletedDatabaseLeadsToNoSecondComment(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	tr.clock.move(5 * time.Minute)
	tr.pass()
	before, written := tr.traces(), len(tr.everyWrite())
	tr.replace(nil)
	for range 3 {
		tr.clock.move(5 * time.Minute)
		tr.pass()
	}
	if after := tr.traces(); !maps.Equal(before, after) {
		t.Errorf("comments before %v, after %v", before, after)
	}
	tr.onlyEdits(written)
}

// A backup from before the first comment is put back. The trackers are ahead of
// it: what is there is adopted, and what has changed since is written once.
func TestS13M14ARestoredBackupLeadsToNoSecondComment(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.open(config.Observe)
	tr.pass()
	tr.app.close()
	tr.app = nil
	backup := tr.files()
	tr.open(config.Enforce)
	tr.pass()
	tr.clock.move(5 * time.Minute)
	tr.pass()
	before, written := tr.traces(), len(tr.everyWrite())
	tr.clock.move(time.Hour)
	tr.replace(backup)
	for range 3 {
		tr.clock.move(5 * time.Minute)
		tr.pass()
	}
	if after := tr.traces(); !maps.Equal(before, after) {
		t.Errorf("comments before %v, after %v", before, after)
	}
	tr.onlyEdits(written)
}
