package rest_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

func TestH04ReadsAreRetried(t *testing.T) {
	for name, fail := range map[string]func(http.ResponseWriter){
		"503":       func(w http.ResponseWriter) { reply(w, 503, "application/json", `{}`) },
		"429":       func(w http.ResponseWriter) { reply(w, 429, "application/json", `{}`) },
		"502 page":  func(w http.ResponseWriter) { reply(w, 502, html, page) },
		"cut body":  cut,
		"reset":     hangUp,
		"half JSON": func(w http.ResponseWriter) { reply(w, 200, "application/json", `{"a":`) },
	} {
		for _, method := range []string{"GET", "POST"} {
			t.Run(name+" "+method, func(t *testing.T) {
				home := serve(t, func(w http.ResponseWriter, r *http.Request, hit int64) {
					if sent, _ := io.ReadAll(r.Body); string(sent) != "query" {
						t.Errorf("attempt %d carries %q", hit, sent)
					}
					if hit <= 2 {
						fail(w)
						return
					}
					ok(w)
				})
				body, err := ask(t, open(t, quick(home.URL)), method, home.URL+"/rest/search", "query")
				if err != nil || body != `{"ok":true}` {
					t.Errorf("got %q, %v", body, err)
				}
				home.saw(t, 3)
			})
		}
	}
}

func TestH04ReadsGiveUp(t *testing.T) {
	for status, tries := range map[int]int64{503: 5, 404: 1, 401: 1, 501: 1} {
		home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { reply(w, status, "application/json", `{}`) })
		_, err := ask(t, open(t, quick(home.URL)), "GET", home.URL, "")
		if e := failure(t, err); e.Status != status {
			t.Errorf("got %v, want %d", err, status)
		}
		home.saw(t, tries)
	}
}

// Ten gigabytes in ten megabytes. What is kept of them in memory is bounded, and
// they are not even unpacked to their end.
func TestH18BombIsRefused(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "application/json")
		z := gzip.NewWriter(w)
		_, _ = io.CopyN(z, zeros{}, 10<<30) // ends when the client hangs up
		_ = z.Close()
	})
	s := quick(home.URL)
	s.MaxBody = 4 << 20
	c := open(t, s)
	before := allocated()
	start := time.Now()
	_, err := ask(t, c, "GET", home.URL, "")
	if e := failure(t, err); !errors.Is(err, backlog.ErrUnavailable) || e.Status != 200 || len(e.Body) > 4<<10 {
		t.Errorf("got %v with %d bytes", err, len(e.Body))
	}
	if used := allocated() - before; used > 64<<20 || time.Since(start) > 5*time.Second {
		t.Errorf("%d MiB were allocated in %s", used>>20, time.Since(start))
	}
	home.saw(t, 1)
}

// allocated is how many bytes were ever allocated.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestH18LargeAnswerIsRefusedNotCut(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		reply(w, 200, "application/json", r.URL.Query().Get("body"))
	})
	s := quick(home.URL)
	s.MaxBody = 10
	c := open(t, s)
	if body, err := ask(t, c, "GET", home.URL+"?body=1234567890", ""); err != nil || body != "1234567890" {
		t.Errorf("exactly the limit: %q, %v", body, err)
	}
	if body, err := ask(t, c, "GET", home.URL+"?body=12345678901", ""); err == nil {
		t.Errorf("one more passed as %q", body)
	}
}

func TestH17DripEndsAtTheDeadline(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		w.Header().Set("Content-Type", "application/json")
		for range 100 {
			_, _ = io.WriteString(w, " ")
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
			if r.Context().Err() != nil {
				return
			}
		}
	})
	s := quick(home.URL)
	s.Timeout = 200 * time.Millisecond
	start := time.Now()
	_, err := ask(t, open(t, s), "GET", home.URL, "")
	if took := time.Since(start); took > time.Second || !errors.Is(err, backlog.ErrUnavailable) {
		t.Errorf("ended after %s with %v", took, err)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		t.Error("our deadline looks like the caller's")
	}
	home.saw(t, 1)
}

// The other half of slowness: headers that come byte by byte and never end.
func TestH17SlowHeadersEndAtTheDeadline(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		for _, b := range "HTTP/1.1 200 OK\r\n" + strings.Repeat("X-Slow: 1\r\n", 100) {
			if _, err := conn.Write([]byte{byte(b)}); err != nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	})
	s := quick(home.URL)
	s.Timeout = 200 * time.Millisecond
	start := time.Now()
	_, err := ask(t, open(t, s), "POST", home.URL, "{}")
	if took := time.Since(start); took > time.Second || rest.Outcome(err).Outcome != backlog.Unknown {
		t.Errorf("ended after %s with %v", took, err)
	}
	home.saw(t, 1)
}

func TestCallerMayGiveUp(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { reply(w, 503, "application/json", `{}`) })
	s := quick(home.URL)
	s.MinBackoff = time.Minute
	s.MaxWait = time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, "GET", home.URL, nil)
	_, err := do(t, open(t, s), req)
	_ = failure(t, err)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the caller's deadline", err)
	}
}

func TestTokenIsAskedForEachRequest(t *testing.T) {
	var mu sync.Mutex
	var seen []string
	home := serve(t, func(w http.ResponseWriter, r *http.Request, hit int64) {
		_, token, _ := r.BasicAuth()
		mu.Lock()
		seen = append(seen, token)
		mu.Unlock()
		if hit == 1 {
			reply(w, 503, "application/json", `{}`)
			return
		}
		ok(w)
	})
	s := quick(home.URL)
	s.BasicPAT = true
	tokens := []string{"old\n", "new\n"}
	s.Token = func() (string, error) { token := tokens[0]; tokens = tokens[1:]; return token, nil }
	if _, err := ask(t, open(t, s), "GET", home.URL, ""); err != nil {
		t.Fatal(err)
	}
	if len(seen) != 2 || seen[0] != "old" || seen[1] != "new" {
		t.Errorf("the tokens were %q", seen)
	}
}

func TestAnEntraTokenIsABearerToken(t *testing.T) {
	var header atomic.Value
	home := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		header.Store(r.Header.Get("Authorization"))
		ok(w)
	})
	s := quick(home.URL)
	s.BasicPAT = true
	for token, want := range map[string]string{"eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl": "Bearer ey", "a-personal-access-token": "Basic "} {
		s.Token = func() (string, error) { return token, nil }
		if _, err := ask(t, open(t, s), "GET", home.URL, ""); err != nil {
			t.Fatal(err)
		}
		if got, _ := header.Load().(string); !strings.HasPrefix(got, want) {
			t.Errorf("%s is sent as %s", token, got)
		}
	}
}

func TestMissingTokenSendsNothing(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { ok(w) })
	s := quick(home.URL)
	s.Token = func() (string, error) { return "", errors.New("file is gone") }
	_, err := ask(t, open(t, s), "GET", home.URL, "")
	if e := failure(t, err); e.Sent || e.Err == nil {
		t.Errorf("got %+v", e)
	}
	home.saw(t, 0)
}
