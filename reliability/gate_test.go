package reliability

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/store"
)

const childOf = "RELIABILITY_GATE"

// Three processes with one store talk to one tracker as fast as they can. The
// tracker refuses now and then and says for how long; whoever was refused, no
// process sends anything before the time is over. The tracker's own log is the
// witness.
func TestH01NoProcessAsksBeforeAPauseIsOver(t *testing.T) {
	if settings := os.Getenv(childOf); settings != "" {
		url, path, _ := strings.Cut(settings, " ")
		askForEver(t, url, path)
		return
	}
	const pause, pauses, replicas = 2 * time.Second, 3, 3
	world := jirasim.New(jirasim.Settings{Clock: time.Now, SiteName: "shop", User: "bot@shop.example", Token: "token"})
	url, stop, err := world.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	path := filepath.Join(t.TempDir(), "trackwarden.db")
	for range replicas {
		child := exec.Command(os.Args[0], "-test.run=^TestH01NoProcess")
		child.Env = append(os.Environ(), childOf+"="+url+" "+path)
		child.Stderr = os.Stderr
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() {
			_ = child.Process.Kill()
			_ = child.Wait() // killed
		}()
	}
	askers := map[string]bool{}
	waitFor(t, "all processes to ask", func() bool {
		for _, e := range world.Truth().Entries() {
			askers[e.Query] = true
		}
		return len(askers) == replicas
	})
	for range pauses {
		world.Faults().Clear()
		world.Faults().Add(simulator.Rule{Times: 1, Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": fmt.Sprint(pause.Seconds())}})
		time.Sleep(pause + pause/10 + 500*time.Millisecond)
	}

	// What was on its way when the tracker refused cannot be called back.
	const onItsWay = 50 * time.Millisecond
	entries := world.Truth().Entries()
	refused, early := 0, 0
	for i, e := range entries {
		if e.Status != http.StatusTooManyRequests {
			continue
		}
		refused++
		back := map[string]time.Time{}
		for _, later := range entries[i+1:] {
			after := later.At.Sub(e.At)
			if after > onItsWay && after < pause {
				early++
				t.Errorf("%s?%s came %s after a Retry-After of %s", later.Path, later.Query, after, pause)
			}
			if _, known := back[later.Query]; after >= pause && !known {
				back[later.Query] = later.At
			}
		}
		if len(back) != replicas {
			t.Errorf("after pause %d only %d processes came back", refused, len(back))
		}
	}
	if refused != pauses {
		t.Errorf("the tracker refused %d times, want %d", refused, pauses)
	}
	t.Logf("%d requests, %d pauses, %d too early", len(entries), refused, early)
}

// askForEver is one process: it asks until it is killed.
func askForEver(t *testing.T, url, path string) {
	db, err := store.Open(context.Background(), store.Settings{Path: path}, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	client, err := rest.New(rest.Settings{
		BaseURL: url, User: "bot@shop.example", Token: func() (string, error) { return "token", nil },
		Rate: 100, Burst: 2, Gate: db.Pace("shop", time.Now),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for {
		req, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/rest/api/2/myself?process=%d", url, os.Getpid()), nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.HTTP().Do(req)
		if err != nil {
			t.Log(err)
			continue
		}
		_ = resp.Body.Close() // read already
	}
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited too long for %s", what)
		}
	}
}
