//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/reliability/oracle"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// canary is the secret that must be seen nowhere.
const canary = "CANARY-tok-5b1f9c27"

// The items of the crash world that something is wrong with, and the person who
// has the first.
const (
	toCure, toEdit, fine = "SHOP-1", "SHOP-2", "SHOP-3"
	task, fineTask       = 201, 202
	olga                 = "557058:olga"
)

// doomed is a small world on both trackers, in which the real program runs and
// is killed. Simulators, program and test go by one clock.
type doomed struct {
	t       *testing.T
	program string
	clock   *clock
	jira    *jirasim.World
	azure   *azuresim.World
	dir     string
	config  string
	said    bytes.Buffer // by all processes
	small   bool         // one item on each tracker, and people do nothing
	starts  int
	killed  int // of the starts
	app     *app

	mu    sync.Mutex
	child *exec.Cmd
	late  latePoint
}

// latePoint is a point on the trackers' side: at the n-th request for a change
// since the start, before it takes effect or after.
type latePoint struct {
	n       int // 0 is none
	after   bool
	dropped bool // it never takes effect
	gently  bool // the program is asked to end
}

func newDoomed(t *testing.T, program string, small bool) *doomed {
	t.Helper()
	d := &doomed{t: t, program: program, small: small, clock: &clock{now: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}, dir: t.TempDir()}
	d.jira = jirasim.New(jirasim.Settings{Clock: d.clock.Now, SiteName: "shop", User: "bot@shop.example", Token: canary})
	d.azure = azuresim.New(azuresim.Settings{Clock: d.clock.Now, Organisation: "shop", Token: canary})
	d.fillJira()
	d.fillAzure()
	jiraURL, stopJira, err := d.jira.StartWith("127.0.0.1:0", d.around)
	azureURL, stopAzure, err2 := d.azure.StartWith("127.0.0.1:0", d.around)
	if err := errors.Join(err, err2, os.WriteFile(filepath.Join(d.dir, "token"), []byte(canary), 0o600)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stopJira)
	t.Cleanup(stopAzure)
	t.Cleanup(d.close)
	d.config = filepath.Join(d.dir, "trackwarden.yaml")
	text := strings.NewReplacer("JIRA", jiraURL, "AZURE", azureURL, "TOKEN", filepath.Join(d.dir, "token")).Replace(crashConfig)
	if err := os.WriteFile(d.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return d
}

const crashConfig = `connections:
  - name: shop
    kind: jira
    url: JIRA
    auth: {user: bot@shop.example, token: {file: "TOKEN"}}
    scope: {projects: [SHOP]}
    write: {mode: enforce, horizon: all, settle: off, comment: always, quarantine: 1m}
  - name: platform
    kind: azuredevops
    url: AZURE
    auth: {token: {file: "TOKEN"}}
    scope: {projects: [Platform]}
    write: {mode: enforce, horizon: all, settle: off, comment: always, quarantine: 1m}
policies:
  writing: all
  settings:
    - {policy: story/orphan, enabled: false}
schedule: {timezone: UTC}
store: {driver: sqlite, path: trackwarden.db}
`

func (d *doomed) fillJira() {
	d.jira.AddProject(jirasim.Project{Key: "SHOP", Name: "Shop"})
	d.jira.AddUser(jirasim.User{ID: olga, Name: "Olga"})
	criteria := d.jira.AddField(jirasim.Field{Name: "Acceptance Criteria", Type: "string", Custom: jirasim.TextAreaField})
	d.jira.AddType(jirasim.IssueType{Name: "Story"}, "SHOP")
	d.jira.Layout("SHOP", "Story", criteria, "description", "labels", "assignee")
	for _, fields := range []map[string]any{ // one after the other: they get their ids so
		{"key": toCure, "summary": "Tell @bob and [~accountid:557058:olga]", "labels": []any{"theirs"}, "assignee": olga},
		{"key": toEdit, "summary": "Pay with one tap", "status": "In Progress"},
		{"key": fine, "summary": "Gift wrapping", "labels": []any{"theirs", "hygiene"}, criteria: "* It can be chosen\n* It is shown on the bill"},
	} {
		key := fields["key"]
		delete(fields, "key")
		if d.small && key == toCure {
			continue
		}
		maps.Copy(fields, map[string]any{
			"project": "SHOP", "issuetype": "Story", "created": "2026-11-10T08:00:00.000+0000", "updated": "2026-11-20T08:00:00.000+0000", "statuscategorychangedate": "2026-11-19T08:00:00.000+0000",
		})
		d.jira.AddIssue(map[string]any{"key": key, "fields": fields})
	}
}

func (d *doomed) fillAzure() {
	if err := d.azure.AddProject(azuresim.Project{Name: "Platform", Process: "Agile"}); err != nil {
		d.t.Fatal(err)
	}
	for _, fields := range []map[string]any{
		{"System.Id": task, "System.Title": "Outfits that fit", "System.State": "Active", "System.Tags": "theirs"},
		{"System.Id": fineTask, "System.Title": "Sizes that fit", "System.State": "New", "Microsoft.VSTS.Common.AcceptanceCriteria": bothChecks},
	} {
		id := fields["System.Id"]
		delete(fields, "System.Id")
		maps.Copy(fields, map[string]any{
			"System.TeamProject": "Platform", "System.WorkItemType": "User Story", "System.CreatedDate": "2026-11-10T08:00:00Z", "System.ChangedDate": "2026-11-20T08:00:00Z",
			"Microsoft.VSTS.Common.StateChangeDate": "2026-11-19T08:00:00Z",
		})
		d.azure.AddWorkItem(map[string]any{"id": id, "fields": fields})
	}
}

const bothChecks = "<ul><li>It fits</li><li>It can be sent back</li></ul>"

// people mend one item, and a part of two others; in passing they leave labels
// and comments of their own.
func (d *doomed) people() {
	d.t.Helper()
	human := d.jira.Human(olga)
	_, said := human.AddComment(toCure, "There you are.")
	_, said2 := d.azure.AddComment(task, "<p>Soon.</p>")
	if err := errors.Join(said, said2,
		human.SetField(toCure, "Acceptance Criteria", "* One tap\n* A receipt"), human.AddLabel(toCure, "from-olga"),
		human.SetField(toEdit, "assignee", olga),
		d.azure.SetField(task, "Microsoft.VSTS.Common.AcceptanceCriteria", bothChecks), d.azure.AddTag(task, "from-hanna"),
	); err != nil {
		d.t.Fatal(err)
	}
}

// start runs the program for one pass and kills it at a point; an empty one is
// none. It tells whether it was killed, there or by a late point.
func (d *doomed) start(point string) (killed bool) {
	d.t.Helper()
	d.close()
	d.starts++
	child := exec.CommandContext(d.t.Context(), d.program, "apply", "--config", d.config)
	child.Env = append(os.Environ(), "TRACKWARDEN_CLOCK="+d.clock.Now().Format(time.RFC3339), "TRACKWARDEN_FAILPOINTS="+d.pointsFile(), "TRACKWARDEN_FAILPOINT="+point)
	child.Stdout, child.Stderr = &d.said, &d.said
	d.mu.Lock()
	d.child = child
	err := child.Start()
	d.mu.Unlock()
	if err != nil {
		d.t.Fatal(err)
	}
	err = child.Wait()
	status, known := child.ProcessState.Sys().(syscall.WaitStatus)
	switch {
	case known && status.Signaled() && status.Signal() == syscall.SIGKILL:
		d.killed++
		return true
	case err != nil && !(d.late.gently && child.ProcessState.ExitCode() == exitIncomplete):
		d.t.Errorf("apply: %v\n%s", err, d.said.String())
	}
	return false
}

// around kills the program at a late point.
func (d *doomed) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at := d.arrives(r)
		if at == nil {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // it had not all arrived
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		r = r.WithContext(context.WithoutCancel(r.Context())) // it takes effect though nobody waits for it
		answer := httptest.NewRecorder()
		switch {
		case at.after:
			next.ServeHTTP(answer, r)
			d.kill(at.gently)
		case at.dropped:
			d.kill(at.gently)
			return
		default:
			d.kill(at.gently)
			next.ServeHTTP(answer, r)
		}
		if at.gently { // it may still be waiting
			maps.Copy(w.Header(), answer.Header())
			w.WriteHeader(answer.Code)
			_, _ = w.Write(answer.Body.Bytes()) // or it has gone
		}
	})
}

// arrives counts down to the late point, and returns it when it is there.
func (d *doomed) arrives(r *http.Request) *latePoint {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.late.n == 0 || !oracle.Writing(simulator.Entry{Method: r.Method, Path: r.URL.Path}) {
		return nil
	}
	if d.late.n--; d.late.n > 0 {
		return nil
	}
	return &d.late
}

func (d *doomed) kill(gently bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	signal := os.Kill
	if gently {
		signal = os.Interrupt
	}
	_ = d.child.Process.Signal(signal) // what became of it is seen where it is waited for
}

func (d *doomed) pointsFile() string { return filepath.Join(d.dir, fmt.Sprint("points-", d.starts)) }

// points lists the points of the last start, in order.
func (d *doomed) points() []string {
	d.t.Helper()
	text, err := os.ReadFile(d.pointsFile())
	if err != nil {
		d.t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// rest lets a process do passes until there is nothing left to do, and
// returns how long the trackers' logs were before the last one.
func (d *doomed) rest() (logs [2]int) {
	d.t.Helper()
	d.open()
	for range 6 {
		d.clock.move(5 * time.Minute)
		logs = [2]int{len(d.jira.Truth().Entries()), len(d.azure.Truth().Entries())}
		if rest := d.pass(); rest.Writes.Requests == 0 && len(rest.Changes)+len(rest.Held) == 0 {
			return logs
		}
	}
	d.t.Error("it does not come to rest")
	return logs
}

func (d *doomed) pass() planContract {
	d.t.Helper()
	result, err := d.app.reconciler.Pass(d.t.Context(), reconcile.Apply, false)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, o := range result.Connections {
		if !o.Complete() || o.Stopped != "" {
			d.t.Errorf("%s is not complete: %v %s %s", o.Name, o.Err, o.Doubt(), o.Stopped)
		}
	}
	return planOf(result, true)
}

// open opens the store as the next process would, unless it is open.
func (d *doomed) open() {
	d.t.Helper()
	if d.app != nil {
		return
	}
	cfg, err := config.Load(d.config, os.LookupEnv)
	if err != nil {
		d.t.Fatal(err)
	}
	if d.app, err = openApp(d.t.Context(), cfg, d.clock.Now, slog.New(slog.NewTextHandler(&d.said, nil))); err != nil {
		d.t.Fatal(err)
	}
}

func (d *doomed) close() {
	if d.app != nil {
		d.app.close()
		d.app = nil
	}
}
