package store_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

func open(path string) (*store.DB, error) {
	return store.Open(context.Background(), store.Settings{Path: path}, time.Now, slog.New(slog.DiscardHandler))
}

// refused opens a file that cannot be worked with and checks the sentence.
func refused(t *testing.T, path, says string) {
	t.Helper()
	before, _ := os.ReadFile(path) // of a folder: nothing
	db, err := open(path)
	if err == nil {
		_ = db.Close()
		t.Fatal("it was opened")
	}
	if !errors.Is(err, store.ErrUnusable) {
		t.Errorf("the error is not ErrUnusable: %v", err)
	}
	if s := err.Error(); !strings.Contains(s, says) || strings.Contains(s, "\n") || path != "" && !strings.Contains(s, path) {
		t.Errorf("the sentence is %q, it should name the file and say %q", s, says)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Error("the file was changed")
	}
}

func TestUnusableFilesGiveOneSentence(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(at("text"), []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, at("text"), "is not a database")
	refused(t, dir, "is a folder")
	refused(t, at("missing/trackwarden.db"), "folder does not exist")
	refused(t, "", "no database is named")

	other, err := sql.Open("sqlite", at("other"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Exec(`CREATE TABLE customers (name TEXT)`); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	refused(t, at("other"), "belongs to another program")
}

func TestS05ACorruptFileIsKeptAndNamed(t *testing.T) {
	w := newWorld(t)
	for i := range 40 {
		item := story(jira, strings.Repeat("1", i+1), 0)
		item.Body = strings.Repeat("text ", 500)
		w.page(item)
	}
	w.must(w.Close())
	f, err := os.OpenFile(w.path, os.O_RDWR, 0)
	w.must(err)
	info, err := f.Stat()
	w.must(err)
	for at := info.Size() / 4; at < info.Size(); at += 5 * 4096 { // some pages hold nothing
		_, err = f.WriteAt([]byte(strings.Repeat("\xa5", 500)), at/4096*4096)
		w.must(err)
	}
	w.must(f.Close())
	refused(t, w.path, "is damaged")
}

func TestS12ANewerSchemaIsNotTouched(t *testing.T) {
	w := newWorld(t)
	w.must(w.Close())
	w.must(store.Migrate(w.ctx(), w.path, newerMigrations(t, `CREATE TABLE tomorrow (x TEXT);`)))
	refused(t, w.path, "newer version of Trackwarden")
}

// newerMigrations are ours and one more.
func newerMigrations(t *testing.T, up string) fs.FS {
	t.Helper()
	files := fstest.MapFS{"99999_tomorrow.sql": {Data: []byte("-- +goose Up\n" + up + "\n")}}
	ours, err := store.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(ours, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(ours, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}

func TestS11AFailedMigrationLeavesNothingBehind(t *testing.T) {
	w := newWorld(t)
	before, err := store.RawValue[string](w.ctx(), w.DB, `SELECT group_concat(sql, ';') FROM sqlite_master`)
	w.must(err)
	w.must(w.Close())
	if err := store.Migrate(w.ctx(), w.path, newerMigrations(t, `CREATE TABLE half (x TEXT); INSERT INTO nowhere VALUES (1);`)); err == nil {
		t.Fatal("a broken migration went through")
	}
	w.open()
	after, err := store.RawValue[string](w.ctx(), w.DB, `SELECT group_concat(sql, ';') FROM sqlite_master`)
	w.must(err)
	if before != after {
		t.Error("half a migration was kept")
	}
}

func TestS02AFullDiskStopsWritesAndNothingElse(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	intent := w.begin(item.ID, "hygiene")
	pages, err := store.RawValue[int](w.ctx(), w.DB, `PRAGMA page_count`)
	w.must(err)
	w.must(w.Raw(w.ctx(), `PRAGMA max_page_count = `+itoa(pages)))
	big := later(item, func(i *backlog.Item) { i.Body = strings.Repeat("x", 60000) })
	_, err = w.CommitPage(w.ctx(), "shop", jira, "all", backlog.Page{Items: []backlog.Item{big}, Position: "9"})
	if err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Fatalf("a full disk: %v", err)
	}
	if body := w.family(item.ID).Body; body != "" {
		t.Error("half a page was kept")
	}
	rounds, _, err := w.Round(w.ctx(), jira)
	w.must(err)
	if rounds[0].Position != "1" {
		t.Errorf("the position moved to %s without its page", rounds[0].Position)
	}
	w.must(w.Raw(w.ctx(), `PRAGMA max_page_count = 100000`))
	w.must(w.MarkSent(w.ctx(), intent, 0)) // there is room again, and all goes on
	_, err = w.CommitPage(w.ctx(), "shop", jira, "all", backlog.Page{Items: []backlog.Item{big}, Position: "9"})
	w.must(err)
}
