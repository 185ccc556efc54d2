//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/reliability/oracle"
)

// The real program, built with its failpoints, dies by SIGKILL at every one of
// them, and is started again. Then the trackers and our books have to be as if
// nothing had happened: the oracles tell. make crash does all of it, an ordinary
// test a part.
var everything = os.Getenv("TRACKWARDEN_CRASH") != ""

var begun = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// built is the program with its failpoints.
var built struct {
	sync.Once
	dir string
	err error
}

func TestMain(m *testing.M) {
	code := m.Run()
	_ = os.RemoveAll(built.dir) // nothing, when it was not built
	os.Exit(code)
}

func crashProgram(t *testing.T) string {
	t.Helper()
	built.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "trackwarden-crash"); built.err != nil {
			return
		}
		var out []byte
		out, built.err = exec.CommandContext(t.Context(), "go", "build", "-tags", "failpoint", "-o", filepath.Join(built.dir, "trackwarden"), ".").CombinedOutput()
		if built.err != nil {
			built.err = fmt.Errorf("%w\n%s", built.err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, "trackwarden")
}

// life is how a world goes on: a pass, what people do, another pass. In one of
// the halves the program dies, once for each point.
type life struct {
	half   int
	points []string
	late   []latePoint
}

func (l life) String() string {
	var all []string
	for _, p := range l.late {
		all = append(all, fmt.Sprintf("%+v", p))
	}
	return fmt.Sprintf("half %d: %s", l.half+1, strings.Join(append(all, l.points...), ", then "))
}

// live goes through a life to its end: two days at rest. It returns how long the
// trackers' logs were when there was nothing left to do.
func (d *doomed) live(l life) (logs [2]int) {
	d.t.Helper()
	for half := range 2 {
		if half == 1 && !d.small {
			d.clock.move(time.Hour)
			d.people()
		}
		if half == l.half {
			d.die(l)
		}
		logs = d.rest()
	}
	d.clock.move(24 * time.Hour)
	d.rest()
	return logs
}

// die starts the program as often as it has to die, and once more. Whoever
// starts it again waits until its lease and the quarantine are over.
func (d *doomed) die(l life) {
	d.t.Helper()
	for _, point := range l.points {
		if !d.start(point) {
			d.t.Errorf("the program never came to: %s", point)
		}
		d.clock.move(5 * time.Minute)
	}
	for _, late := range l.late {
		d.late = late
		if killed := d.start(""); !killed && !late.gently || d.late.n > 0 {
			d.t.Errorf("the program never came to: %+v", late)
		}
		d.clock.move(5 * time.Minute)
	}
	d.late = latePoint{}
	d.start("")
}

// graveyard is what all lives are held against: one without faults, and what
// people do without us.
type graveyard struct {
	program      string
	small        bool
	points       [2][]string // of the life without faults, by its halves
	writes       [2]int
	clean, never seen
}

// graveyards are the two of a run of the tests.
var graveyards [2]struct {
	sync.Once
	*graveyard
}

func theGraveyard(t *testing.T, small bool) *graveyard {
	t.Helper()
	one := &graveyards[map[bool]int{true: 1}[small]]
	one.Do(func() { one.graveyard = newGraveyard(t, small) })
	if one.graveyard == nil {
		t.Fatal("the run without faults failed before")
	}
	return one.graveyard
}

func newGraveyard(t *testing.T, small bool) *graveyard {
	t.Helper()
	g := &graveyard{program: crashProgram(t), small: small}
	without := newDoomed(t, g.program, small)
	clean := newDoomed(t, g.program, small)
	for half := range 2 {
		if half == 1 && !small {
			without.people()
			clean.clock.move(time.Hour)
			clean.people()
		}
		before := len(clean.look().writes())
		clean.start("")
		g.points[half], g.writes[half] = clean.points(), len(clean.look().writes())-before
		clean.rest()
	}
	g.clean, g.never = clean.look(), without.look()
	if g.writes[0] < 3 || !small && g.writes[1] < 5 {
		t.Fatalf("the run without faults wrote too little to prove anything: %v", g.writes)
	}
	return g
}

// bury lives a life and looks at what is left.
func (g *graveyard) bury(t *testing.T, l life, sum *toll) *doomed {
	t.Helper()
	d := newDoomed(t, g.program, g.small)
	logs := d.live(l)
	bad := d.judge(g.clean, g.never, logs)
	for _, b := range bad {
		t.Error(b)
	}
	if t.Failed() {
		t.Logf("%s\n%s", l, d.said.String())
	}
	sum.add(d, len(d.look().writes())-len(g.clean.writes()), len(bad))
	return d
}

// toll sums up what came of many lives.
type toll struct{ lives, kills, more, breaches atomic.Int64 }

func (s *toll) add(d *doomed, more, breaches int) {
	s.lives.Add(1)
	s.kills.Add(int64(d.killed))
	s.more.Add(int64(more))
	s.breaches.Add(int64(breaches))
}

func (s *toll) tell(t *testing.T, g *graveyard) {
	t.Logf("without faults %d points and %d writes; %d lives, %d kills, %d writes more than without, %d breaches",
		len(g.points[0])+len(g.points[1]), g.writes[0]+g.writes[1], s.lives.Load(), s.kills.Load(), s.more.Load(), s.breaches.Load())
}

// Killed at every commit and at every side of every request: after the plan
// (C01), around the reservation and the intent (C02, C03), marked as sent and
// not sent (C04), answered and not recorded (C07), between two requests (C08),
// between label and ownership record, which are one request (C09), around
// findings (C14).
func TestC01C02C03C04C07C08C09C14KilledAtEveryPoint(t *testing.T) {
	g, sum := theGraveyard(t, false), &toll{}
	t.Run("lives", func(t *testing.T) {
		for half, points := range g.points {
			for _, point := range chosen(points) {
				t.Run(life{half: half, points: []string{point}}.String(), func(t *testing.T) {
					t.Parallel()
					g.bury(t, life{half: half, points: []string{point}}, sum)
				})
			}
		}
	})
	sum.tell(t, g)
}

// Killed while the tracker has the request: before it takes effect (C05), while
// the answer is on its way (C06), and when it never takes effect.
func TestC05C06KilledWhileTheTrackerWorks(t *testing.T) {
	g, sum := theGraveyard(t, false), &toll{}
	t.Run("lives", func(t *testing.T) {
		for _, l := range g.late() {
			t.Run(l.String(), func(t *testing.T) {
				t.Parallel()
				g.bury(t, l, sum)
			})
		}
	})
	sum.tell(t, g)
}

// late are the lives in which the tracker's side says when to die.
func (g *graveyard) late() (lives []life) {
	n := 0
	for half, writes := range g.writes {
		for i := range writes {
			for _, point := range []latePoint{{}, {after: true}, {dropped: true}} {
				point.n = i + 1
				if n++; everything || n%ofLate == 1 {
					lives = append(lives, life{half: half, late: []latePoint{point}})
				}
			}
		}
	}
	return lives
}

// Asked to end while a request is under way: the program ends by itself, and
// what became of the request is known or found out.
func TestC17AskedToEndWhileWriting(t *testing.T) {
	g := theGraveyard(t, false)
	for _, after := range []bool{false, true} {
		d := g.bury(t, life{half: 0, late: []latePoint{{n: 2, after: after, gently: true}}}, &toll{})
		if d.killed > 0 {
			t.Error("it did not end by itself")
		}
	}
}

// Dies five times in a row over the same request, which never takes effect. What
// was perhaps sent is paid for: then the day's budget of the project ends it, the
// other tracker gets what is its, and the next day all is well.
func TestC22KilledAgainAndAgain(t *testing.T) {
	g := theGraveyard(t, true)
	d := newDoomed(t, g.program, true)
	again := latePoint{n: 1, dropped: true}
	d.die(life{late: []latePoint{again, again, again, again, again}})
	now := d.look() // after the sixth start; what never took effect is not in the log
	if d.killed != 5 || slices.ContainsFunc(now.jira.Log, oracle.Writing) || len(now.azure.Writes()) != 1 {
		t.Errorf("%d deaths, writes %v", d.killed, now.writes())
	}
	d.clock.move(24 * time.Hour)
	logs := d.rest()
	for _, b := range d.judge(g.clean, g.never, logs) {
		t.Error(b)
	}
}

// Killed, started again, and killed once more on the way back: every pair, for a
// world of three writes.
func TestC21KilledTwice(t *testing.T) {
	g, sum := theGraveyard(t, true), &toll{}
	first := distinct(g.points[0])
	if !everything {
		first = slices.DeleteFunc(first, func(point string) bool { return !strings.Contains(point, "after commit in store.MarkSent#1") })
	}
	t.Run("lives", func(t *testing.T) {
		for _, point := range first {
			t.Run(point, func(t *testing.T) {
				t.Parallel()
				once := newDoomed(t, g.program, true)
				once.die(life{points: []string{point}})
				second := distinct(once.points())
				if !everything {
					second = every(ofPairs, slices.DeleteFunc(second, func(point string) bool { return !writing(point) }))
				}
				for _, again := range second {
					g.bury(t, life{points: []string{point, again}}, sum)
				}
			})
		}
	})
	sum.tell(t, g)
}
