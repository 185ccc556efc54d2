package web_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/web"
)

// door is the daemon's door over a real store, with whatever webhooks name.
type door struct {
	t      *testing.T
	now    time.Time
	health *web.Health
	db     *store.DB
	url    string

	mu    sync.Mutex
	hints []string
}

// shared knows a webhook by a header, and takes every word of it for an item.
type shared struct{}

func (shared) Hint(r *http.Request, body []byte) ([]backlog.Hint, error) {
	if r.Header.Get("X-Secret") != "right" {
		return nil, fmt.Errorf("check secret: %w", backlog.ErrUnauthorized)
	}
	if string(body) == "nonsense" {
		return nil, errors.New("understand webhook: not an event")
	}
	var hints []backlog.Hint
	for _, id := range strings.Fields(string(body)) {
		hints = append(hints, backlog.Hint{ID: backlog.ItemID{Site: "jira:1", ID: id}})
	}
	return hints, nil
}

func newDoor(t *testing.T) *door {
	d := &door{t: t, now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)}
	clock := func() time.Time { d.mu.Lock(); defer d.mu.Unlock(); return d.now }
	log := slog.New(slog.DiscardHandler)
	var err error
	if d.db, err = store.Open(t.Context(), store.Settings{Path: t.TempDir() + "/door.db"}, clock, log); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.db.Close() })
	d.health = &web.Health{Clock: clock, Patience: time.Hour}
	metrics := web.NewMetrics("1.2.3", d.db, clock, log)
	metrics.Passed("shop", web.Partial)
	hooks := &web.Webhooks{
		Hinters: map[string]backlog.Hinter{"shop": shared{}}, Metrics: metrics, Clock: clock, Log: log,
		Hinted: func(connection string, hints []backlog.Hint) {
			for _, h := range hints {
				d.hints = append(d.hints, connection+" "+h.ID.ID)
			}
		},
	}
	server, err := web.Serve(t.Context(), "127.0.0.1:0", web.Handler(d.health, metrics, hooks), log)
	if err != nil {
		t.Fatal(err)
	}
	d.url = "http://" + server.Addr
	return d
}

func (d *door) wait(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(by)
}

func (d *door) ask(method, path, body string, header ...string) (int, string) {
	d.t.Helper()
	request, err := http.NewRequestWithContext(d.t.Context(), method, d.url+path, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func TestReadyFollowsWholePasses(t *testing.T) {
	d := newDoor(t)
	expect := func(when string, want int) {
		t.Helper()
		got, _ := d.ask("GET", "/readyz", "")
		if alive, _ := d.ask("GET", "/healthz", ""); got != want || alive != http.StatusOK {
			t.Errorf("%s: ready answers %d, want %d", when, got, want)
		}
	}
	expect("before any pass", http.StatusServiceUnavailable)
	d.health.Passed(nil)
	expect("after a whole pass", http.StatusOK)
	d.health.Passed(errors.New("the tracker is down"))
	expect("soon after a failed pass", http.StatusOK)
	d.wait(2 * time.Hour)
	expect("long after the last whole pass", http.StatusServiceUnavailable)
}

func TestATakenAddressSaysSo(t *testing.T) {
	d := newDoor(t)
	address := strings.TrimPrefix(d.url, "http://")
	if _, err := web.Serve(t.Context(), address, http.NotFoundHandler(), slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a second server on the same address must be refused")
	}
}

func TestX07OnlyATrackersOwnWebhookIsHeardAndOnlyOnce(t *testing.T) {
	d := newDoor(t)
	right := []string{"X-Secret", "right"}
	for _, c := range []struct {
		name, path, body string
		header           []string
		want             int
	}{
		{"forged", "/webhooks/shop", "1 2", []string{"X-Secret", "wrong"}, 401},
		{"to nobody", "/webhooks/other", "1 2", right, 404},
		{"nonsense", "/webhooks/shop", "nonsense", right, 400},
		{"too large", "/webhooks/shop", strings.Repeat("x", 11<<20), right, 413},
		{"genuine", "/webhooks/shop", "1 2", right, 202},
		{"repeated", "/webhooks/shop", "1 2", right, 200},
		{"sent anew", "/webhooks/shop", "1 3", append(right, "X-Atlassian-Webhook-Identifier", "a"), 202},
		{"sent again", "/webhooks/shop", "1 4", append(right, "X-Atlassian-Webhook-Identifier", "a"), 200},
	} {
		if got, _ := d.ask("POST", c.path, c.body, c.header...); got != c.want {
			t.Errorf("%s: answers %d, want %d", c.name, got, c.want)
		}
	}
	if got := strings.Join(d.hints, ", "); got != "shop 1, shop 2, shop 1, shop 3" {
		t.Errorf("heard %q", got)
	}
	d.wait(25 * time.Hour)
	if got, _ := d.ask("POST", "/webhooks/shop", "1 2", right...); got != 202 {
		t.Errorf("a day later: answers %d", got)
	}
}

func TestMetricsTellWhatTheBooksSay(t *testing.T) {
	d := newDoor(t)
	site := backlog.Site{ID: "jira:1", Kind: "jira", Projects: []backlog.Project{{ID: "1", Key: "SHOP"}}}
	must(t, d.db.PinSite(t.Context(), "shop", site))
	pass, err := d.db.BeginPass(t.Context(), "shop", site.ID)
	must(t, err)
	must(t, d.db.EndPass(t.Context(), backlog.PassRecord{ID: pass, Coverage: []backlog.Coverage{
		{Connection: "shop", Project: "SHOP", Seen: 9, Expected: 10, Missing: 3, State: backlog.Suspect, AsOf: d.now.Add(-time.Minute)},
	}}))
	gate := d.db.Pace("shop", func() time.Time { return d.now })
	must(t, gate.Pause(t.Context(), "everything", d.now.Add(time.Minute), "429"))
	must(t, gate.Pause(t.Context(), "writes on 10001", d.now.Add(time.Second), "429"))
	must(t, gate.Pause(t.Context(), "writes on 10002", d.now.Add(2*time.Second), "429"))
	_, page := d.ask("GET", "/metrics", "")
	for _, line := range []string{
		`trackwarden_build_info{version="1.2.3"} 1`,
		`trackwarden_passes_total{connection="shop",result="partial"} 1`,
		`trackwarden_coverage_seen_items{connection="shop",project="SHOP"} 9`,
		`trackwarden_coverage_expected_items{connection="shop",project="SHOP"} 10`,
		`trackwarden_coverage_complete{connection="shop",project="SHOP"} 0`,
		`trackwarden_coverage_missing_items{connection="shop",project="SHOP"} 3`,
		`trackwarden_paused_seconds{connection="shop",what="everything"} 60`,
		`trackwarden_paused_seconds{connection="shop",what="some"} 2`,
		`trackwarden_lag_seconds{connection="shop",project="SHOP"} 60`,
	} {
		if !strings.Contains(page, line+"\n") {
			t.Errorf("%s is missing", line)
		}
	}
	problems, err := promlint.New(strings.NewReader(page)).Lint()
	must(t, err)
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
