//go:build unix

package jira

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// again answers as another server did, without asking it twice.
type again struct {
	url string

	mu    sync.Mutex
	known map[string]told
}

type told struct {
	header http.Header
	body   []byte
}

// ServeHTTP passes on what was not asked before.
func (a *again) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	question, _ := io.ReadAll(r.Body)
	a.mu.Lock()
	defer a.mu.Unlock()
	key := r.Method + " " + r.URL.String() + " " + string(question)
	answer, known := a.known[key]
	if !known {
		out := r.Clone(r.Context())
		out.RequestURI, out.Body = "", io.NopCloser(bytes.NewReader(question))
		out.URL, _ = out.URL.Parse(a.url + r.URL.String())
		response, err := http.DefaultTransport.RoundTrip(out)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		answer.header = response.Header
		answer.body, _ = io.ReadAll(response.Body)
		_ = response.Body.Close()
		a.known[key] = answer
	}
	w.Header().Set("Content-Type", answer.header.Get("Content-Type"))
	w.Header().Set("Content-Length", strconv.Itoa(len(answer.body)))
	_, _ = w.Write(answer.body)
}

// What an issue of a page of a hundred costs until it is an item, in processor
// time of the whole process: the request, its answer, decoding and converting.
func BenchmarkPage(b *testing.B) {
	world := jirasim.New(jirasim.Settings{User: "bot@shop.example", Token: token})
	world.Grow(1000, 1)
	url, stop, err := world.Start("127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(stop)
	server := httptest.NewServer(&again{url: url, known: map[string]told{}})
	b.Cleanup(server.Close)
	t := connectAs(b, server.URL, Settings{PageSize: 100, Projects: world.Projects()}, token)
	m, err := t.known(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	at := position{Kind: backfill, Project: m.projects[0].ID}
	b.ReportAllocs()
	before := processor(b)
	issues := 0
	for b.Loop() {
		page, _, err := t.page(b.Context(), m, at)
		if err != nil || len(page.Items) == 0 || len(page.Broken) > 0 {
			b.Fatal(len(page.Items), page.Broken, err)
		}
		issues += len(page.Items)
	}
	b.ReportMetric(float64((processor(b)-before).Nanoseconds())/1000/float64(issues), "cpu-µs/issue")
}

func processor(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
