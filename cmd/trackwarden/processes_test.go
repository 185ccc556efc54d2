//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// launch starts another process on the same trackers; more is said to it by its
// environment.
func (d *doomed) launch(args []string, more ...string) *exec.Cmd {
	d.t.Helper()
	child := exec.CommandContext(d.t.Context(), d.program, args...)
	child.Env = append(append(os.Environ(), "TRACKWARDEN_CLOCK="+d.clock.Now().Format(time.RFC3339)), more...)
	if err := child.Start(); err != nil {
		d.t.Fatal(err)
	}
	return child
}

func (d *doomed) wrote() int { return len(d.look().writes()) }

// soon waits until something is so.
func (d *doomed) soon(what string, so func() bool) {
	d.t.Helper()
	for limit := time.Now().Add(20 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(limit) {
			d.t.Fatalf("it never comes to %s", what)
		}
	}
}

// The process that holds the lease of a connection dies by kill -9, about to send
// a request. Nobody writes in its place before its time is over; then another goes
// on.
func TestM04TheLeaseOfADeadProcessRunsOut(t *testing.T) {
	t.Parallel()
	g := theGraveyard(t, false)
	d := newDoomed(t, g.program, false)
	first := d.stopAt(firstOnJira(t, g, "PUT", "/issue/"))
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait() // it was killed
	d.killed++
	d.clock.move(30 * time.Second)
	_ = d.launch([]string{"apply", "--config", d.config}).Wait() // it may say that it is not complete
	if n := len(d.look().jira.Writes()); n > 0 {
		t.Errorf("%d writes on Jira while the lease of the dead one lasts", n)
	}
	d.clock.move(3 * time.Minute)
	d.start("")
	if len(d.look().jira.Writes()) == 0 {
		t.Error("nobody goes on when the lease is over")
	}
	d.rest()
	d.clock.move(time.Hour)
	d.people()
	logs := d.rest()
	for _, b := range d.judge(g.clean, g.never, logs) {
		t.Error(b)
	}
}

// Two processes on one file, whose clocks are five minutes apart; one stands still
// about to write. To one that is ahead its lease is over, and so is the time to wait
// for its request: it writes too, and what was written in vain goes again. One that
// is behind waits.
func TestM11ProcessesWhoseClocksDiffer(t *testing.T) {
	t.Parallel()
	g := theGraveyard(t, true)
	for _, skew := range []time.Duration{5 * time.Minute, -5 * time.Minute} {
		t.Run(skew.String(), func(t *testing.T) {
			t.Parallel()
			d := newDoomed(t, g.program, true)
			first := d.stopAt(firstOnJira(t, g, "POST", "/comment"))
			before := len(d.look().jira.Writes())
			_ = d.launch([]string{"apply", "--config", d.config}, "TRACKWARDEN_CLOCK="+d.clock.Now().Add(skew).Format(time.RFC3339)).Wait()
			if wrote := len(d.look().jira.Writes()) > before; wrote != (skew > 0) {
				t.Errorf("it wrote on Jira: %t", wrote)
			}
			d.clock.move(time.Minute)
			if err := first.Process.Signal(syscall.SIGCONT); err != nil {
				t.Fatal(err)
			}
			_ = first.Wait() // fenced or not, it has ended
			d.clock.move(10 * time.Minute)
			for _, b := range d.standing(g, d.rest()) {
				t.Error(b)
			}
		})
	}
}

// firstOnJira is the point before the first request of a kind.
func firstOnJira(t *testing.T, g *graveyard, method, path string) string {
	t.Helper()
	at := slices.IndexFunc(g.points[0], func(point string) bool {
		return strings.HasPrefix(point, "before request "+method+" /rest/api/2/issue/") && strings.Contains(point, path)
	})
	if at < 0 {
		t.Fatal("the run without faults wrote nothing of the kind")
	}
	return g.points[0][at]
}

// elsewhere is a second installation on the same trackers, with a store of its
// own and perhaps with other settings.
func (d *doomed) elsewhere(edits ...string) *doomed {
	d.t.Helper()
	text, err := os.ReadFile(d.config)
	d.must(err)
	other := &doomed{t: d.t, program: d.program, clock: d.clock, jira: d.jira, azure: d.azure, dir: d.t.TempDir()}
	other.config = filepath.Join(other.dir, "trackwarden.yaml")
	d.must(os.WriteFile(other.config, []byte(strings.NewReplacer(edits...).Replace(string(text))), 0o600))
	d.t.Cleanup(other.close)
	return other
}

// bothRest lets two installations work in turn until neither writes.
func (d *doomed) bothRest(other *doomed) {
	d.t.Helper()
	for range 5 {
		before := d.wrote()
		for _, one := range []*doomed{d, other} {
			d.clock.move(5 * time.Minute)
			one.open()
			one.pass()
		}
		if d.wrote() == before {
			return
		}
	}
	d.t.Error("they do not come to rest")
}

// Two installations with names of their own write on the same items with the
// same account. Each has its comment and its labels, and takes away only those.
func TestM13TwoInstallationsLeaveEachOtherAlone(t *testing.T) {
	t.Parallel()
	d := newDoomed(t, crashProgram(t), false)
	other := d.elsewhere("policies:\n", "owner: second\nlabels: {umbrella: tidy, prefix: 'tidy:'}\npolicies:\n")
	d.bothRest(other)
	if labels := d.jira.Labels(toCure); !slices.Contains(labels, "hygiene") || !slices.Contains(labels, "tidy") {
		t.Errorf("labels of %s: %v", toCure, labels)
	}
	for _, key := range []string{toCure, toEdit} {
		if n := len(d.jira.Comments(key)); n != 2 {
			t.Errorf("%s has %d comments, want one of each", key, n)
		}
	}
	if n := len(d.azure.Comments(task)); n != 2 {
		t.Errorf("%d has %d comments, want one of each", task, n)
	}
	d.clock.move(time.Hour)
	if err := d.jira.Human(olga).SetField(toCure, "Acceptance Criteria", "* One tap\n* A receipt"); err != nil {
		t.Fatal(err)
	}
	if err := d.jira.Human(olga).SetField(toCure, "assignee", olga); err != nil {
		t.Fatal(err)
	}
	d.clock.move(time.Minute)
	d.open()
	d.pass() // the other one does nothing yet
	if labels := d.jira.Labels(toCure); slices.Contains(labels, "hygiene") || !slices.Contains(labels, "tidy") {
		t.Errorf("after one of them cleared up, %s has %v", toCure, labels)
	}
	d.bothRest(other)
	if labels := d.jira.Labels(toCure); !slices.Equal(labels, []string{"theirs"}) {
		t.Errorf("after both cleared up, %s has %v", toCure, labels)
	}
	if labels := d.jira.Labels(fine); !slices.Equal(slices.Sorted(slices.Values(labels)), []string{"hygiene", "theirs"}) {
		t.Errorf("%s has %v", fine, labels)
	}
}

// Two installations that carry the same name take each other's comment for
// theirs: no item gets a second one, and they do not fight.
func TestM13TwoInstallationsOfOneNameShareAComment(t *testing.T) {
	t.Parallel()
	d := newDoomed(t, crashProgram(t), false)
	other := d.elsewhere()
	d.bothRest(other)
	d.clock.move(time.Hour)
	d.people()
	d.bothRest(other)
	for _, key := range []string{toCure, toEdit} {
		ours := slices.DeleteFunc(d.jira.Comments(key), func(c map[string]any) bool { return !strings.Contains(fmt.Sprint(c), "Trackwarden") })
		if len(ours) != 1 {
			t.Errorf("%s has %d comments of ours", key, len(ours))
		}
	}
}

// The machine of a daemon sleeps for many polls. When it wakes there is one pass
// to catch up, and no burst.
func TestT03AProcessThatWasAsleepCatchesUpOnce(t *testing.T) {
	t.Parallel()
	d := newDoomed(t, crashProgram(t), true)
	text, err := os.ReadFile(d.config)
	d.must(err)
	d.must(os.WriteFile(d.config, []byte(strings.Replace(string(text), "schedule: {timezone: UTC}", "schedule: {timezone: UTC, poll: 1s}\nserver: {listen: '127.0.0.1:0'}", 1)), 0o600))
	child := d.launch([]string{"run", "--config", d.config})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = child.Wait() // it was killed
	}()
	t.Cleanup(func() {
		_ = child.Process.Kill()
		<-ended
	})
	polls := func() (n int) {
		for _, e := range d.jira.Truth().Entries() {
			if strings.HasSuffix(e.Path, "/search/jql") {
				n++
			}
		}
		return n
	}
	d.soon("its writes", func() bool { return d.wrote() >= 3 })
	begun := polls()
	d.soon("two polls more", func() bool { return polls() >= begun+2 })
	d.must(child.Process.Signal(syscall.SIGSTOP))
	time.Sleep(100 * time.Millisecond)
	asleep, wrote := polls(), d.wrote()
	time.Sleep(4 * time.Second) // as the lid is closed
	if n := polls() - asleep; n > 0 {
		t.Fatalf("%d polls in its sleep", n)
	}
	d.must(child.Process.Signal(syscall.SIGCONT))
	d.soon("a poll when it wakes", func() bool { return polls() > asleep })
	time.Sleep(700 * time.Millisecond)
	if n := polls() - asleep; n > 2 { // one of them may have been under way
		t.Errorf("%d polls at once when it woke", n)
	}
	if n := d.wrote() - wrote; n > 0 {
		t.Errorf("%d writes when it woke, and nothing had changed", n)
	}
}
