package rest_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

func TestH05WritesAreSentOnce(t *testing.T) {
	const sleep = 150 * time.Millisecond
	for name, answer := range map[string]func(http.ResponseWriter, *http.Request){
		"500":        func(w http.ResponseWriter, _ *http.Request) { reply(w, 500, "application/json", `{}`) },
		"502 page":   func(w http.ResponseWriter, _ *http.Request) { reply(w, 502, html, page) },
		"503":        func(w http.ResponseWriter, _ *http.Request) { reply(w, 503, "application/json", `{}`) },
		"408":        func(w http.ResponseWriter, _ *http.Request) { reply(w, 408, "application/json", `{}`) },
		"reset":      func(w http.ResponseWriter, _ *http.Request) { hangUp(w) },
		"cut answer": func(w http.ResponseWriter, _ *http.Request) { cut(w) },
		"half JSON":  func(w http.ResponseWriter, _ *http.Request) { reply(w, 201, "application/json", `{"id":`) },
		"page":       func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, html, page) },
		"timeout": func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(2 * sleep)
			ok(w)
		},
	} {
		for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
			t.Run(name+" "+method, func(t *testing.T) {
				t.Parallel()
				home := serve(t, func(w http.ResponseWriter, r *http.Request, hit int64) {
					if hit == 1 { // opens the connection that the write then finds broken
						ok(w)
						return
					}
					answer(w, r)
				})
				s := quick(home.URL)
				s.Timeout = sleep
				c := open(t, s)
				_, _ = ask(t, c, "GET", home.URL, "")

				_, err := ask(t, c, method, home.URL+"/comment", `{"body":"hello"}`)
				if r := rest.Outcome(err); r.Outcome != backlog.Unknown || !failure(t, err).Sent {
					t.Errorf("outcome %+v of %v, want unknown", r, err)
				}
				home.saw(t, 2)
			})
		}
	}
}

// net/http itself replays a POST that carries one of these headers when a kept
// connection breaks.
func TestH10NothingInvitesAReplay(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, r *http.Request, hit int64) {
		if hit == 1 {
			ok(w)
			return
		}
		if r.Header.Get("Idempotency-Key")+r.Header.Get("X-Idempotency-Key") != "" {
			t.Error("an idempotency key was sent")
		}
		hangUp(w)
	})
	c := open(t, quick(home.URL))
	_, _ = ask(t, c, "GET", home.URL, "")
	req := httptest.NewRequestWithContext(t.Context(), "POST", home.URL+"/comment", strings.NewReader("{}"))
	req.RequestURI = ""
	req.Header.Set("Idempotency-Key", "1")
	req.Header.Set("X-Idempotency-Key", "1")
	if _, err := do(t, c, req); err == nil {
		t.Error("a write without an answer passed")
	}
	home.saw(t, 2)
}

func TestOutcomes(t *testing.T) {
	for status, want := range map[int]backlog.Refusal{
		400: backlog.Invalid, 413: backlog.Invalid, 422: backlog.Invalid, 401: backlog.Unauthorized, 403: backlog.Denied,
		404: backlog.Absent, 410: backlog.Absent, 409: backlog.Stale, 412: backlog.Stale, 429: backlog.Throttled,
	} {
		home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) {
			w.Header().Set("X-Request-Id", "r1")
			reply(w, status, "application/json", `{}`)
		})
		_, err := ask(t, open(t, quick(home.URL)), "PATCH", home.URL, "{}")
		if r := rest.Outcome(err); r.Outcome != backlog.Refused || r.Refusal != want || r.RequestID != "r1" || r.Reason == "" {
			t.Errorf("%d is %+v, want refused as %s", status, r, want)
		}
		home.saw(t, 1)
	}
	if r := rest.Outcome(nil); r.Outcome != backlog.Applied {
		t.Errorf("no error is %+v", r)
	}
	if r := rest.Outcome(context.Canceled); r.Outcome != backlog.Unknown {
		t.Errorf("an error of elsewhere is %+v", r)
	}
}

func TestWhatNeverLeftIsNotUnknown(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { ok(w) })
	c := open(t, quick(home.URL))
	home.Close()
	_, err := ask(t, c, "POST", home.URL, "{}")
	if r := rest.Outcome(err); r.Outcome != backlog.Refused || r.Refusal != backlog.Throttled {
		t.Errorf("nobody listened, but the outcome is %+v of %v", r, err)
	}
}
