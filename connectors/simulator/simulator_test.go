package simulator

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// counter is the smallest world: a POST raises it, a GET shows it.
type counter struct{ n atomic.Int64 }

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		Note(r, "C-1", fmt.Sprintf("raised to %d", c.n.Add(1)))
	}
	w.Header().Set("Content-Type", "text/plain")
	_, _ = fmt.Fprintf(w, "count %d", c.n.Load())
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

type bench struct {
	counter counter
	faults  *Faults
	truth   Truth
	url     string
}

func start(t *testing.T) *bench {
	t.Helper()
	b := &bench{faults: NewFaults(1)}
	url, stop, err := Serve("127.0.0.1:0", Handler(&b.counter, b.faults, &b.truth, func() time.Time { return noon }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	b.url = url
	return b
}

// ask sends one request and returns status and body; err is the client's.
func (b *bench) ask(method, path, body string) (int, string, error) {
	req, err := http.NewRequest(method, b.url+path, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.SetBasicAuth("bot@shop.example", "secret")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(got), err
}

func TestTruthTellsWhatWasApplied(t *testing.T) {
	b := start(t)
	for _, method := range []string{"GET", "POST", "GET"} {
		if status, _, err := b.ask(method, "/c?x=1", "hello"); err != nil || status != 200 {
			t.Fatal(status, err)
		}
	}
	if n := len(b.truth.Entries()); n != 3 {
		t.Fatalf("%d entries, want 3", n)
	}
	writes := b.truth.Writes()
	want := Entry{N: 2, At: noon, Method: "POST", Path: "/c", Query: "x=1", Body: "hello", Status: 200,
		Applied: true, Actor: "bot@shop.example", Item: "C-1", What: "raised to 1"}
	if len(writes) != 1 || writes[0] != want {
		t.Fatalf("writes %+v, want %+v", writes, want)
	}
}

func TestCutsDifferInWhatWasApplied(t *testing.T) {
	for name, tc := range map[string]struct {
		rule Rule
		want int64
	}{
		"before": {Rule{Method: "POST", CutBefore: true}, 0},
		"after":  {Rule{Method: "POST", CutAfter: true}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			b := start(t)
			b.faults.Add(tc.rule)
			if _, _, err := b.ask("POST", "/c", "x"); err == nil {
				t.Fatal("the client saw no error")
			}
			if got := b.counter.n.Load(); got != tc.want {
				t.Fatalf("applied %d times, want %d", got, tc.want)
			}
			if got := len(b.truth.Writes()); got != int(tc.want) {
				t.Fatalf("%d writes in the truth, want %d", got, tc.want)
			}
		})
	}
}

func TestLateApplyLandsAfterTheClientIsGone(t *testing.T) {
	b := start(t)
	b.faults.Add(Rule{Method: "POST", LateApply: 30 * time.Millisecond})
	if _, _, err := b.ask("POST", "/c", "x"); err == nil {
		t.Fatal("the client saw no error")
	}
	if b.counter.n.Load() != 0 {
		t.Fatal("applied at once")
	}
	for range 100 {
		if writes := b.truth.Writes(); len(writes) == 1 && writes[0].Status == 200 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("never applied")
}

func TestRulesTakeTurns(t *testing.T) {
	b := start(t)
	b.faults.Add(Rule{Path: "^/a", From: 2, Times: 2, Status: 503, Body: "busy", Header: map[string]string{"Retry-After": "7"}})
	b.faults.Add(Rule{Path: `\?page=3$`, Status: 410})
	var got []int
	for range 5 {
		status, _, _ := b.ask("GET", "/a", "")
		got = append(got, status)
	}
	status, _, _ := b.ask("GET", "/b?page=3", "")
	if want := "[200 503 503 200 200] 410"; fmt.Sprint(got, status) != want {
		t.Fatalf("got %v %d, want %s", got, status, want)
	}
}

func TestChanceIsTheSeeds(t *testing.T) {
	run := func() (got string) {
		b := start(t)
		b.faults.Add(Rule{Chance: 0.5, Status: 500})
		for range 20 {
			status, _, _ := b.ask("GET", "/", "")
			got += fmt.Sprint(status, " ")
		}
		return got
	}
	first := run()
	if first != run() {
		t.Fatal("one seed gave two runs")
	}
	if !strings.Contains(first, "500") || !strings.Contains(first, "200") {
		t.Fatalf("chance 0.5 gave only %s", first)
	}
}

func TestAnswersAreDamagedOnTheWayBack(t *testing.T) {
	b := start(t)
	b.faults.Add(Rule{Path: "^/truncate", Truncate: 3})
	b.faults.Add(Rule{Path: "^/drip", Drip: true})
	b.faults.Add(Rule{Path: "^/type", ContentType: "text/html"})
	b.faults.Add(Rule{Method: "POST", Path: "^/served", Status: 502, Served: true})
	if _, body, err := b.ask("GET", "/truncate", ""); body != "cou" || err == nil {
		t.Errorf("truncate: body %q, error %v", body, err)
	}
	began := time.Now()
	if _, body, err := b.ask("GET", "/drip", ""); body != "count 0" || err != nil || time.Since(began) < 6*drip {
		t.Errorf("drip: body %q, error %v after %s", body, err, time.Since(began))
	}
	resp, err := http.Get(b.url + "/type")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if got := resp.Header.Get("Content-Type"); got != "text/html" {
		t.Errorf("content type %q", got)
	}
	if got := resp.Header.Get("Date"); got != "Tue, 24 Nov 2026 12:00:00 GMT" {
		t.Errorf("date %q is not the clock's", got)
	}
	if status, _, _ := b.ask("POST", "/served", ""); status != 502 || b.counter.n.Load() != 1 {
		t.Errorf("served: status %d, applied %d times", status, b.counter.n.Load())
	}
}

func TestAdminPaths(t *testing.T) {
	b := start(t)
	if status, body, _ := b.ask("POST", "/_faults", `{"path":"("}`); status != 400 {
		t.Fatalf("bad pattern: %d %s", status, body)
	}
	if status, body, _ := b.ask("POST", "/_faults", `[{"method":"GET","status":418}]`); status != 204 {
		t.Fatalf("add: %d %s", status, body)
	}
	if status, _, _ := b.ask("GET", "/c", ""); status != 418 {
		t.Fatalf("rule did not act: %d", status)
	}
	_, truth, _ := b.ask("GET", "/_truth", "")
	if !strings.Contains(truth, `"fault":"status 418"`) || strings.Contains(truth, "_faults") {
		t.Fatalf("truth %s", truth)
	}
	if status, _, _ := b.ask("DELETE", "/_faults", ""); status != 204 {
		t.Fatalf("clear: %d", status)
	}
	if status, _, _ := b.ask("GET", "/c", ""); status != 200 {
		t.Fatalf("rule still acts: %d", status)
	}
}

func TestServeOnlyOnLoopback(t *testing.T) {
	if _, _, err := Serve("0.0.0.0:0", http.NotFoundHandler()); err == nil {
		t.Fatal("listened on every interface")
	}
}
