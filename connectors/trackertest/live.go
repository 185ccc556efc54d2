package trackertest

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

// Sandbox is a real tracker to take the tour in, as the environment names it.
type Sandbox struct {
	URL, User, Token string
	Project          string // the key or name of the one project that is looked at
}

// The endings of the variables that name a sandbox, behind TRACKWARDEN_LIVE_
// and the tracker's name. With TRACKWARDEN_LIVE_WRITE=1 the tour also labels
// and comments on one item of the project that is named.
const (
	livePrefix = "TRACKWARDEN_LIVE_"
	liveWrite  = livePrefix + "WRITE"
)

// RunLive tells the part of the contract that needs nobody to play the people:
// reading, and writing where that is allowed. The project should have a parent
// with children, more than one page of items, and rest while the test runs.
// Without TRACKWARDEN_LIVE_NAME_URL, _TOKEN and _PROJECT it is skipped; env
// looks such variables up.
func RunLive(t *testing.T, name string, env func(variable string) string, open func(t *testing.T, s Sandbox) (backlog.Reader, backlog.Writer)) {
	at := func(ending string) string { return env(livePrefix + name + ending) }
	box := Sandbox{URL: at("_URL"), User: at("_USER"), Token: at("_TOKEN"), Project: at("_PROJECT")}
	if box.URL == "" || box.Token == "" || box.Project == "" {
		t.Skipf("no sandbox: set %[1]s%[2]s_URL, _TOKEN and _PROJECT (and _USER for Basic) to test against a real tracker", livePrefix, name)
	}
	write := env(liveWrite) == "1"
	reader, writer := open(t, box)
	live := &liveWorld{Writer: writer}
	tracker := Tracker{Reader: reader, Writer: live, World: live, Again: func() (backlog.Reader, backlog.Writer) { return open(t, box) }}
	if !write {
		tracker.Cannot.Write = "set " + liveWrite + "=1 to allow it"
	}
	live.look(t, reader)
	for _, chapter := range []struct {
		name string
		tell func(*story)
	}{
		{"describe", describe}, {"sweep", sweep}, {"resume", resume}, {"convert", convert}, {"census", census},
		{"history", historyAsItIs}, {"links", links}, {"write", writeLive},
	} {
		t.Run(chapter.name, func(t *testing.T) { chapter.tell(begin(t, func(*testing.T) Tracker { return tracker })) })
	}
}

// liveWorld is a world without people: what it holds is what a first reading
// found, and it counts what leaves us. The embedded World is nil, because no
// chapter of a live tour moves anybody.
type liveWorld struct {
	World
	backlog.Writer
	reader backlog.Reader
	seed   Seed
	sent   atomic.Int64
}

// look reads the project once and picks the items to tell of.
func (w *liveWorld) look(t *testing.T, reader backlog.Reader) {
	t.Helper()
	w.reader = reader
	s := &story{T: t, Tracker: Tracker{Reader: reader}}
	site, err := reader.Describe(t.Context())
	s.must(err)
	w.seed = Seed{Site: site.ID, Absent: "999999999"}
	for _, p := range site.Projects {
		w.seed.Projects = append(w.seed.Projects, backlog.ProjectID{Site: site.ID, ID: p.ID})
	}
	items, _, _ := s.round(nil)
	for id, item := range items {
		w.seed.IDs = append(w.seed.IDs, id)
		if item.Parent != nil {
			w.seed.Rich = item
		}
	}
	slices.Sort(w.seed.IDs)
	if w.seed.Rich.ID.IsZero() {
		t.Fatal("no item of the sandbox's project has a parent")
	}
	w.seed.Rich = s.whole(w.seed.Rich)
	w.seed.Plain = w.seed.Rich.ID.ID
}

func (w *liveWorld) Seed() Seed  { w.sent.Store(0); return w.seed }
func (w *liveWorld) Writes() int { return int(w.sent.Load()) }

func (w *liveWorld) Send(ctx context.Context, s backlog.Step) (backlog.Receipt, error) {
	w.sent.Add(1)
	return w.Writer.Send(ctx, s)
}

// historyAsItIs: what is there is known, in order, and what is not is not.
func historyAsItIs(s *story) {
	if historian, ok := s.Reader.(backlog.Historian); ok {
		s.past(historian, s.seed.Plain)
		s.inOrder(historian)
	}
}

// writeLive sets and takes back two labels, and keeps one comment of ours up
// to date, run after run.
func writeLive(s *story) {
	if s.Cannot.Write != "" {
		s.Logf("no writing: %s", s.Cannot.Write)
		return
	}
	id := s.seed.Plain
	labels := func(want ...string) {
		got := s.item(id).Labels
		for _, label := range []string{ourLabel, ourSecond} {
			if slices.Contains(got, label) != slices.Contains(want, label) {
				s.Errorf("the labels are %s, want %s of ours", strings.Join(got, " "), strings.Join(want, " "))
			}
		}
	}
	s.apply(s.relabelling(s.item(id), "live-1", []string{ourLabel, ourSecond}, nil))
	labels(ourLabel, ourSecond)
	s.apply(s.relabelling(s.item(id), "live-2", nil, []string{ourLabel, ourSecond}))
	labels()
	ours := ""
	for _, c := range s.ours(id) {
		ours = c.ID
	}
	item := s.item(id)
	s.apply(s.commenting(item, "live-3", ours, firstText))
	s.apply(s.commenting(s.item(id), "live-4", s.only(id).ID, secondText))
	s.shows(s.only(id), s.marker(item, "live-4", secondText), "all clear")
}
