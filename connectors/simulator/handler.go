package simulator

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Handler wraps the simulator's own handler with faults and truth, dates its
// answers by the clock, and serves the admin paths: POST /_faults adds a rule
// or an array of rules, DELETE /_faults clears them, GET /_truth returns the
// entries, GET /_truth/counts their Counts, DELETE /_truth forgets them. faults
// may be nil. Admin requests are not in the truth.
func Handler(next http.Handler, faults *Faults, truth *Truth, clock func() time.Time) http.Handler {
	gate := &gate{next: next, faults: faults, truth: truth, clock: clock}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /_faults", gate.addFaults)
	mux.HandleFunc("DELETE /_faults", gate.clearFaults)
	mux.HandleFunc("GET /_truth", gate.showTruth)
	mux.HandleFunc("DELETE /_truth", gate.resetTruth)
	mux.HandleFunc("GET /_truth/counts", gate.showCounts)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/_faults" || strings.HasPrefix(r.URL.Path, "/_truth") {
			mux.ServeHTTP(w, r)
			return
		}
		gate.ServeHTTP(w, r)
	})
}

// gate is what a request passes on its way to the world and back.
type gate struct {
	next   http.Handler
	faults *Faults
	truth  *Truth
	clock  func() time.Time

	mu    sync.Mutex
	last  map[string][]byte // answers that rules repeat, by path
	token map[string]any    // tokens that rules repeat, by path and name
}

// ServeHTTP enters the request in the truth and lets a rule act on it.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client is gone; nothing was applied
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	page := g.truth.open(r, body, g.clock())
	r = r.WithContext(withPage(r.Context(), page))
	rule := g.faults.pick(r)
	if rule == nil {
		g.serve(r, page).send(w)
		return
	}
	page.write(func(e *Entry) { e.Fault = rule.name() })
	g.act(rule, w, r, page)
}

// serve asks the simulator and keeps its answer.
func (g *gate) serve(r *http.Request, page *page) *answer {
	a := newAnswer()
	a.Header().Set("Date", g.clock().UTC().Format(http.TimeFormat))
	g.next.ServeHTTP(a, r)
	a.WriteHeader(http.StatusOK) // what net/http takes silence for
	page.write(func(e *Entry) { e.Status = a.status })
	return a
}

func (g *gate) addFaults(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	var rules []Rule
	if err == nil && !bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
		body = append(append([]byte("["), body...), ']')
	}
	if err == nil {
		err = json.Unmarshal(body, &rules)
	}
	for _, rule := range rules {
		if err == nil {
			_, err = regexp.Compile(rule.Path)
		}
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	for _, rule := range rules {
		g.faults.Add(rule)
	}
	w.WriteHeader(http.StatusNoContent)
}

func (g *gate) clearFaults(w http.ResponseWriter, _ *http.Request) {
	g.faults.Clear()
	g.mu.Lock()
	g.last, g.token = nil, nil
	g.mu.Unlock()
	w.WriteHeader(http.StatusNoContent)
}

func (g *gate) showTruth(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	// A failed write means that the reader has gone; there is nobody to tell.
	_ = json.NewEncoder(w).Encode(g.truth.Entries())
}
