//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/reliability/oracle"
)

// So many writes more than without a stop: one that both made, and the deletion
// of a comment.
const inVain = 2

// A process is stopped between noting that a request leaves and sending it. Its
// lease runs out by the clock of another on the same file, which finds out that
// nothing arrived, and writes itself. Then the first one wakes, believes that no
// time has passed, and sends. Azure DevOps refuses it; on Jira a second comment
// may stand until somebody looks again, and then it goes.
func TestM03AStoppedProcessWakesInAnothersTerm(t *testing.T) {
	g := theGraveyard(t, true)
	for n := range g.writes[0] {
		t.Run(fmt.Sprint("before write ", n+1), func(t *testing.T) {
			t.Parallel()
			d := newDoomed(t, g.program, true)
			first := d.stopAt(fmt.Sprintf("after commit in store.MarkSent#%d", n+1))
			before := len(d.look().writes())
			d.clock.move(10 * time.Minute)
			d.start("")
			d.clock.move(time.Minute)
			if len(d.look().writes()) <= before {
				t.Error("the second one wrote nothing")
			}
			if err := first.Process.Signal(syscall.SIGCONT); err != nil {
				t.Fatal(err)
			}
			_ = first.Wait() // fenced or not, it has ended
			logs := d.rest()
			d.clock.move(24 * time.Hour)
			d.rest()
			for _, b := range d.standing(g, logs) {
				t.Error(b)
			}
			if t.Failed() {
				t.Log(d.said.String())
			}
		})
	}
}

// standing holds the world at rest against the oracles. What a fenced process
// sends is in nobody's books, once.
func (d *doomed) standing(g *graveyard, logs [2]int) []oracle.Breach {
	d.killed = inVain
	bad := d.judge(g.clean, g.never, logs)
	unbooked := slices.IndexFunc(bad, func(b oracle.Breach) bool {
		return b.Oracle == "O5" && strings.HasPrefix(b.What, "written and not in the audit log")
	})
	if unbooked >= 0 {
		bad = slices.Delete(bad, unbooked, unbooked+1)
	}
	return bad
}

// stopAt starts the program, which stops itself at a point.
func (d *doomed) stopAt(point string) *exec.Cmd {
	d.t.Helper()
	d.starts++
	child := exec.CommandContext(d.t.Context(), d.program, "apply", "--config", d.config)
	child.Env = append(os.Environ(), "TRACKWARDEN_CLOCK="+d.clock.Now().Format(time.RFC3339), "TRACKWARDEN_FAILPOINTS="+d.pointsFile(), "TRACKWARDEN_FAILSTOP="+point)
	if err := child.Start(); err != nil {
		d.t.Fatal(err)
	}
	for limit := time.Now().Add(30 * time.Second); time.Now().Before(limit); time.Sleep(5 * time.Millisecond) {
		if text, err := os.ReadFile(d.pointsFile()); err == nil && slices.Contains(strings.Split(string(text), "\n"), point) {
			time.Sleep(100 * time.Millisecond) // it stops itself just after it said so
			return child
		}
	}
	d.t.Fatalf("the program never came to: %s", point)
	return nil
}
