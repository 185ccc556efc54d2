package main

import (
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/example"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// The real program is killed at random points of its first writing pass, again
// and again; what it left behind is then brought to rest.
func TestKillNineLeavesOneCommentPerItem(t *testing.T) {
	program := filepath.Join(t.TempDir(), "trackwarden")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	world, err := example.Start(nil, nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(world.Stop)
	tr := &train{t: t, clock: &clock{now: time.Now()}, world: world, dir: t.TempDir()}
	tr.write("token", world.Token)
	path := tr.configure(config.Enforce)

	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test's luck
	writes := func() int { return len(world.Jira.Truth().Writes()) + len(world.Azure.Truth().Writes()) }
	for range 8 {
		child := exec.CommandContext(t.Context(), program, "apply", "--config", path)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = child.Wait() // killed or not, it has ended
		}()
		killAfter(t, child, ended, writes, writes()+1+random.IntN(3), time.Duration(random.IntN(8))*time.Millisecond)
	}
	if n := writes(); n < 4 {
		t.Errorf("the children were killed too early to prove anything: %d writes", n)
	}

	cfg, err := config.Load(path, os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	later := func() time.Time { return time.Now().Add(10 * time.Minute) } // the quarantine is over
	a, err := openApp(t.Context(), cfg, later, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	for range 3 {
		if _, err := a.reconciler.Pass(t.Context(), reconcile.Apply, false); err != nil {
			t.Fatal(err)
		}
	}
	result, err := a.reconciler.Pass(t.Context(), reconcile.Apply, false)
	if err != nil {
		t.Fatal(err)
	}
	if rest := planOf(result, true); rest.Writes.Requests != 0 || len(rest.Changes) != 0 {
		t.Errorf("not at rest: %+v", rest)
	}
	for _, item := range example.Items() {
		if n, want := tr.comments(item), min(1, len(item.Planted)); n != want {
			t.Errorf("%s has %d comments, want %d", item.Key, n, want)
		}
	}
	for _, site := range result.Connections {
		if _, _, err := a.db.VerifyAudit(t.Context(), site.Site.ID); err != nil {
			t.Errorf("audit of %s: %v", site.Name, err)
		}
	}
}

// killAfter kills the child once the trackers have seen so many writes, and a
// moment later; a child that has nothing left to write ends by itself.
func killAfter(t *testing.T, child *exec.Cmd, ended <-chan struct{}, writes func() int, seen int, moment time.Duration) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return
		case <-tick.C:
			if writes() < seen {
				continue
			}
			time.Sleep(moment)
			_ = child.Process.Kill() // it may have ended
			<-ended
			return
		}
	}
}
