package main

import (
	"regexp"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/example"
)

var commentPath = regexp.MustCompile(`/issue/[^/]+/comment$`)

// A proxy delivers our first comment after we gave up, and before the
// quarantine is over: it is found and adopted. No issue is commented twice, and
// no comment is posted in vain.
func TestH08ALateCommentIsAdopted(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.world.Jira.Faults().Add(simulator.Rule{Method: "POST", Path: `/issue/[^/]+/comment(\?|$)`, Times: 1, LateApply: 100 * time.Millisecond})
	if first := tr.pass(); first.Writes.Unknown != 1 {
		t.Fatalf("writes %+v", first.Writes)
	}
	time.Sleep(300 * time.Millisecond) // the proxy delivers
	for range 4 {
		tr.clock.move(5 * time.Minute)
		tr.pass()
	}
	if again := tr.pass(); again.Writes.Requests != 0 {
		t.Errorf("at rest: %+v", again.Writes)
	}
	posts, commented := 0, 0
	for _, e := range tr.world.Jira.Truth().Writes() {
		if e.Method == "POST" && commentPath.MatchString(e.Path) {
			posts++
		}
	}
	for _, item := range example.Items() {
		if !item.OnJira() {
			continue
		}
		n := tr.comments(item)
		commented += n
		if n > 1 || n == 0 && len(item.Planted) > 0 {
			t.Errorf("%s has %d comments", item.Key, n)
		}
	}
	if posts != commented {
		t.Errorf("%d comments were posted, and there are %d", posts, commented)
	}
}
