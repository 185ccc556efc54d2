package simulator

import (
	"encoding/json"
	"net/http"
	"regexp"
	"time"
)

// Counts sums up the truth: how often each route was asked, and how many
// requests changed the world.
type Counts struct {
	Requests int            `json:"requests"`
	Writes   int            `json:"writes"` // applied ones
	Faults   int            `json:"faults"` // requests that met one
	Routes   map[string]int `json:"routes"` // by method and path, ids and keys as *
}

var ownName = regexp.MustCompile(`/(\d+|[A-Z][A-Z0-9_]*-\d+)(/|$)`)

// Counts counts the entries so far.
func (t *Truth) Counts() Counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := Counts{Requests: len(t.entries), Routes: map[string]int{}}
	for _, e := range t.entries {
		c.Routes[e.Method+" "+ownName.ReplaceAllString(e.Path, "/*$2")]++
		if e.Applied {
			c.Writes++
		}
		if e.Fault != "" {
			c.Faults++
		}
	}
	return c
}

func (g *gate) showCounts(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(g.truth.Counts()) // the reader may have gone
}

func (g *gate) resetTruth(w http.ResponseWriter, _ *http.Request) {
	g.truth.Reset()
	w.WriteHeader(http.StatusNoContent)
}

// Delayed answers every request of a client so much later, many at a time. The
// admin paths, which start with an underscore, are not delayed.
func Delayed(latency time.Duration, next http.Handler) http.Handler {
	if latency <= 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.URL.Path) > 1 && r.URL.Path[1] == '_' || pause(r.Context(), latency) {
			next.ServeHTTP(w, r)
		}
	})
}
