package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/example"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// clock stands until it is moved; the simulators and the app share it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// train is the example on running simulators, with an app on top of it.
type train struct {
	t     *testing.T
	clock *clock
	world *example.World
	dir   string
	app   *app
}

func newTrain(t *testing.T, jiraFiles, azureFiles []string) *train {
	t.Helper()
	tr := &train{t: t, clock: &clock{now: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}, dir: t.TempDir()}
	world, err := example.Start(jiraFiles, azureFiles, tr.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(world.Stop)
	tr.world = world
	tr.write("token", world.Token)
	tr.open(config.Enforce)
	return tr
}

func (tr *train) write(name, text string) string {
	tr.t.Helper()
	path := filepath.Join(tr.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tr.t.Fatal(err)
	}
	return path
}

// configure writes the example's configuration and returns its path.
func (tr *train) configure(mode string, edits ...string) string {
	tr.t.Helper()
	text, err := tr.world.Config(mode, filepath.Join(tr.dir, "token"))
	if err != nil {
		tr.t.Fatal(err)
	}
	return tr.write("trackwarden.yaml", strings.NewReplacer(edits...).Replace(text))
}

// open opens the app anew, as another process would.
func (tr *train) open(mode string) { tr.openWith(mode) }

// openWith opens it with a changed configuration: pairs of what is there and
// what stands for it.
func (tr *train) openWith(mode string, edits ...string) {
	tr.t.Helper()
	if tr.app != nil {
		tr.app.close()
	}
	cfg, err := config.Load(tr.configure(mode, edits...), os.LookupEnv)
	if err != nil {
		tr.t.Fatal(err)
	}
	tr.app, err = openApp(tr.t.Context(), cfg, tr.clock.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		tr.t.Fatal(err)
	}
	tr.t.Cleanup(tr.app.close)
}

// pass does one writing pass and returns what it planned and wrote.
func (tr *train) pass() planContract {
	tr.t.Helper()
	result, err := tr.app.reconciler.Pass(tr.t.Context(), reconcile.Apply, false)
	if err != nil {
		tr.t.Fatal(err)
	}
	for _, o := range result.Connections {
		if !o.Complete() {
			tr.t.Fatalf("%s is not complete: %v %s", o.Name, o.Err, o.Doubt())
		}
	}
	return planOf(result, true)
}

// findings lists what is open on items, "KEY policy".
func (tr *train) findings() map[string]bool {
	tr.t.Helper()
	var c checkContract
	if err := tr.app.findings(tr.t.Context(), &c); err != nil {
		tr.t.Fatal(err)
	}
	found := map[string]bool{}
	for _, f := range c.Findings {
		if f.Subject.Kind == backlog.ItemSubject {
			found[f.Subject.Key+" "+f.Policy] = true
		}
	}
	return found
}

// command runs a command line and returns what it printed and its status.
func command(t *testing.T, args ...string) (out, errs string, status int) {
	t.Helper()
	var o, e bytes.Buffer
	status = execute(t.Context(), args, &o, &e)
	return o.String(), e.String(), status
}
