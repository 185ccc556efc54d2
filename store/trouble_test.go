package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

// The disk fills up between sending a request and noting what became of it. The
// step stays one whose answer was lost, nothing is ours by it, and no other
// change of the item can begin; when there is room again it is recorded, once.
func TestS03ADiskThatFillsUpAfterSendingLosesTheAnswer(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	intent := w.begin(item.ID, "hygiene")
	w.must(w.MarkSent(w.ctx(), intent, 0))
	pages, err := store.RawValue[int](w.ctx(), w.DB, `PRAGMA page_count`)
	w.must(err)
	w.must(w.Raw(w.ctx(), `PRAGMA max_page_count = `+itoa(pages)))
	applied := backlog.StepResult{
		Intent: intent, Receipt: backlog.Receipt{Outcome: backlog.Applied, Reason: strings.Repeat("x", 200_000)},
		Own: []backlog.Owned{{Item: item.ID, Kind: backlog.OwnedLabel, Value: "hygiene", Intent: intent}}, Close: backlog.IntentApplied,
	}
	if err := w.Record(w.ctx(), applied); err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Fatalf("a full disk: %v", err)
	}
	w.reopen() // as after a crash
	open, err := w.OpenIntents(w.ctx(), jira)
	w.must(err)
	if len(open) != 1 || open[0].Steps[0].State != backlog.IntentSent {
		t.Fatalf("open intents: %+v", open)
	}
	if owned, err := w.Owned(w.ctx(), item.ID); err != nil || len(owned) != 0 || w.audited() != 0 {
		t.Errorf("half an outcome was kept: %v, %v, %d rows of the audit log", owned, err, w.audited())
	}
	if err := w.commitTo(item, "another", backlog.Change{Known: 1}); !errors.Is(err, backlog.ErrBusy) {
		t.Errorf("another change of the item: %v", err)
	}
	if err := w.MarkSent(w.ctx(), intent, 0); err == nil {
		t.Error("the request may leave a second time")
	}
	w.must(w.Record(w.ctx(), applied))
	same(t, "rows of the audit log", w.audited(), 1)
}

// holdFile is another program: it keeps the file locked until its input ends.
func holdFile(path string) error {
	db, err := open(path)
	if err != nil {
		return err
	}
	if err := db.Raw(context.Background(), os.Getenv("STORE_TEST_LOCK")); err != nil {
		return err
	}
	fmt.Println("locked")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n') // or its end
	return db.Raw(context.Background(), "COMMIT")
}

// heldBy starts a process that locks the world's file, and returns what lets it
// go on.
func (w *world) heldBy(test, lock string) (release func()) {
	w.t.Helper()
	child := exec.CommandContext(w.ctx(), os.Args[0], "-test.run=^"+test+"$")
	child.Env = append(os.Environ(), "STORE_TEST_HOLD="+w.path, "STORE_TEST_LOCK="+lock)
	in, err := child.StdinPipe()
	w.must(err)
	out, err := child.StdoutPipe()
	w.must(err)
	w.must(child.Start())
	done := false
	release = func() {
		if !done {
			done = true
			_ = in.Close()
			_ = child.Wait() // it says that it is no test
		}
	}
	w.t.Cleanup(release)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == "locked" {
			return release
		}
	}
	w.t.Fatal("the other process does not lock the file")
	return nil
}

// Another program has locked the file, as some backups do. Who starts meanwhile
// waits for it; who cannot wait any longer says what it is.
func TestS07AFileThatAnotherProgramLocksIsWaitedForAndNamed(t *testing.T) {
	if path := os.Getenv("STORE_TEST_HOLD"); path != "" {
		t.Fatal(holdFile(path))
	}
	w := newWorld(t)
	release := w.heldBy("TestS07AFileThatAnotherProgramLocksIsWaitedForAndNamed", "BEGIN IMMEDIATE")
	opened := make(chan error, 1)
	go func() {
		db, err := open(w.path)
		if err == nil {
			err = db.Close()
		}
		opened <- err
	}()
	w.must(w.Raw(w.ctx(), `PRAGMA busy_timeout = 300`)) // else it is 10 s
	if err := w.SetSetting(w.ctx(), "x", "y"); !errors.Is(err, store.ErrUnusable) || !strings.Contains(err.Error(), "is locked by another program") {
		t.Errorf("writing ends with %v", err)
	}
	select {
	case err := <-opened:
		t.Errorf("opening did not wait: %v", err)
	default:
	}
	release()
	w.must(<-opened)
}

// Another process writes for longer than anything should take. Reading goes on,
// writing waits and is done, and the lease is still ours.
func TestS09ASlowWriterIsWaitedFor(t *testing.T) {
	if path := os.Getenv("STORE_TEST_HOLD"); path != "" {
		t.Fatal(holdFile(path))
	}
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	first, ours, err := w.Acquire(w.ctx(), "shop", "one", time.Minute)
	if err != nil || !ours {
		t.Fatal(ours, err)
	}
	release := w.heldBy("TestS09ASlowWriterIsWaitedFor", "BEGIN IMMEDIATE")
	prolonged := make(chan error, 1)
	go func() {
		lease, ours, err := w.Acquire(w.ctx(), "shop", "one", time.Minute)
		if err == nil && (!ours || lease.Term != first.Term) {
			err = fmt.Errorf("term %d, ours %t", lease.Term, ours)
		}
		prolonged <- err
	}()
	began := time.Now()
	same(t, "what is read meanwhile", w.family(item.ID).Title, item.Title)
	if d := time.Since(began); d > time.Second {
		t.Errorf("reading waited %s for the other one's writing", d)
	}
	select {
	case err := <-prolonged:
		t.Fatalf("the lease was prolonged while another wrote: %v", err)
	case <-time.After(500 * time.Millisecond):
	}
	release()
	w.must(<-prolonged)
}

// All connections that read are in use. The lease is prolonged all the same, and
// pauses are read: both have connections of their own. Who wants to read waits.
func TestS10NoConnectionLeftToReadHoldsUpNoLease(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	release := store.TakeReaders(w.DB)
	read := make(chan error, 1)
	go func() {
		_, err := w.Owned(w.ctx(), item.ID)
		read <- err
	}()
	ctx, cancel := context.WithTimeout(w.ctx(), 2*time.Second)
	defer cancel()
	if _, ours, err := w.Acquire(ctx, "shop", "one", time.Minute); err != nil || !ours {
		t.Errorf("the lease: %t, %v", ours, err)
	}
	if _, _, err := w.Pace("shop", time.Now).Until(ctx, "reading"); err != nil {
		t.Errorf("pauses: %v", err)
	}
	select {
	case err := <-read:
		t.Errorf("there was a connection left: %v", err)
	default:
	}
	release()
	w.must(<-read)
}

// A newer version migrates the file while this one runs on it. What is added is
// in nobody's way: this one goes on until it is ended, and is refused only when
// it is started anew.
func TestM12AnOlderProcessGoesOnWhileANewerOneMigrates(t *testing.T) {
	w := newWorld(t)
	item := story(jira, "1", 0)
	w.page(item)
	intent := w.begin(item.ID, "hygiene")
	w.must(store.Migrate(w.ctx(), w.path, newerMigrations(t, `CREATE TABLE tomorrow (x TEXT);
ALTER TABLE intent ADD COLUMN reviewer TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine';`)))
	w.must(w.MarkSent(w.ctx(), intent, 0))
	w.must(w.Record(w.ctx(), backlog.StepResult{Intent: intent, Receipt: backlog.Receipt{Outcome: backlog.Applied}, Close: backlog.IntentApplied}))
	w.page(later(item, func(i *backlog.Item) { i.Title = "edited" }), story(jira, "2", 0))
	same(t, "what is stored", w.family(item.ID).Title, "edited")
	if _, _, err := w.VerifyAudit(w.ctx(), jira); err != nil {
		t.Error(err)
	}
	w.must(w.Close())
	refused(t, w.path, "newer version of Trackwarden")
}
