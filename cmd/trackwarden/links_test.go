package main

import (
	"maps"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/example"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// askedForLinks are the requests to Jira since the first so many, and where
// among them those for links stand.
func (tr *train) askedForLinks(since int) (requests []string, at []int) {
	tr.t.Helper()
	for i, e := range tr.world.Jira.Truth().Entries()[since:] {
		requests = append(requests, e.Method+" "+e.Path)
		if strings.HasSuffix(e.Path, "/remotelink") {
			at = append(at, i)
		}
	}
	return requests, at
}

func TestABackfillAsksForNoLinks(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.open(config.Observe)
	tr.pass()
	requests, links := tr.askedForLinks(0)
	swept := -1
	for i, request := range requests {
		if strings.HasSuffix(request, "/search/jql") {
			swept = max(swept, i)
		}
	}
	open := 0
	for _, item := range example.Items() {
		if item.OnJira() && item.State != example.Done {
			open++
		}
	}
	if swept < 0 || len(links) == 0 || links[0] < swept {
		t.Errorf("links were asked for at %v, the last sweep was at %d", links, swept)
	}
	if len(links) != open {
		t.Errorf("links of %d issues were asked for, and %d are open", len(links), open)
	}
}

// links of the example's cycle: one leads from FIND-31 to 131.
func TestLinksAcrossTrackersComeAndGo(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	before := tr.findings()
	human := tr.world.Jira.Human("557058:pat")
	tr.clock.move(time.Minute)
	address, err := human.Unrelate("FIND-31", "131")
	if err != nil {
		t.Fatal(err)
	}
	tr.pass()
	now := tr.findings()
	for _, key := range []string{"FIND-31", "SHOP-31", "131"} {
		if now[key+" story/dependency-cycle"] {
			t.Errorf("the cycle of %s is broken, and it stands there", key)
		}
	}
	if len(now) != len(before)-3 {
		t.Errorf("findings (-before +after):\n%s", cmp.Diff(before, now))
	}
	tr.clock.move(time.Minute)
	if err := human.Relate("FIND-31", "is blocked by", address, "131"); err != nil {
		t.Fatal(err)
	}
	tr.pass()
	if diff := cmp.Diff(before, tr.findings()); diff != "" {
		t.Errorf("findings (-before +after):\n%s", diff)
	}
}

// What goes wrong with links fails no pass, and nothing is written on an item
// whose links are still to be read.
func TestLinksThatCannotBeReadFailNoPass(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.world.Jira.Faults().Add(simulator.Rule{Path: `/remotelink$`, Status: http.StatusInternalServerError, Body: `{}`,
		Header: map[string]string{"Content-Type": "application/json"}})
	tr.pass()
	if found := tr.findings(); found["FIND-31 story/dependency-cycle"] {
		t.Error("a cycle without links")
	}
	for _, item := range example.Items() {
		if item.OnJira() && tr.comments(item) != 0 {
			t.Errorf("%s was written on before its links were read", item.Key)
		}
	}
	tr.world.Jira.Faults().Clear()
	tr.clock.move(5 * time.Minute) // the tracker had been left alone
	tr.open(config.Enforce)
	tr.pass()
	if diff := cmp.Diff(planted(), slices.Sorted(maps.Keys(tr.findings()))); diff != "" {
		t.Errorf("findings (-planted +found):\n%s", diff)
	}
	tr.oneCommentEach()
}

// The real program is killed while it reads links; the next one reads the rest.
func TestAKillLosesNoLinks(t *testing.T) {
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
	path := tr.configure(config.Observe)
	world.Jira.Faults().Add(simulator.Rule{Path: `/remotelink$`, Delay: 20 * time.Millisecond})
	links := func() int { _, at := tr.askedForLinks(0); return len(at) }
	for range 4 {
		child := exec.CommandContext(t.Context(), program, "check", "--config", path)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = child.Wait() // killed or not, it has ended
		}()
		killAfter(t, child, ended, links, links()+1, 5*time.Millisecond)
	}
	if links() == 0 {
		t.Fatal("no child came to the links")
	}
	world.Jira.Faults().Clear()
	tr.open(config.Observe)
	result, err := tr.app.reconciler.Pass(t.Context(), reconcile.Check, false)
	if err != nil || !result.Connections[0].Complete() {
		t.Fatal(result.Connections[0].Err, err)
	}
	if diff := cmp.Diff(planted(), slices.Sorted(maps.Keys(tr.findings()))); diff != "" {
		t.Errorf("findings (-planted +found):\n%s", diff)
	}
}
