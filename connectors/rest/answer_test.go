package rest_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

func TestH14OnlyUsableAnswersPass(t *testing.T) {
	const plain, js = "text/plain", "application/json"
	for _, tc := range []struct {
		name, method string
		status       int
		kind, body   string
		want         error // nil: passes
	}{
		{"JSON", "GET", 200, js, `{}`, nil},
		{"JSON of a kind", "GET", 200, "application/problem+json", `{}`, nil},
		{"JSON with a byte order mark", "GET", 200, js, "\xef\xbb\xbf{}", nil},
		{"created", "POST", 201, js, `{}`, nil},
		{"nothing, on a write", "PUT", 200, "", "", nil},
		{"nothing, said so", "GET", 204, "", "", nil},
		{"nothing, on a read", "GET", 200, js, "", backlog.ErrUnavailable},
		{"a sign-in page", "GET", 200, html, page, backlog.ErrUnauthorized},
		{"a sign-in page that calls itself JSON", "POST", 200, js, page, backlog.ErrUnauthorized},
		{"wrong credentials", "GET", 401, js, `{}`, backlog.ErrUnauthorized},
		{"a proxy's page", "GET", 502, html, page, backlog.ErrUnavailable},
		{"plain text", "GET", 200, plain, "hello", backlog.ErrUnavailable},
		{"half of JSON", "GET", 200, js, `{"a":[1,`, backlog.ErrUnavailable},
		{"too many", "GET", 429, js, `{}`, backlog.ErrUnavailable},
	} {
		t.Run(tc.name, func(t *testing.T) {
			home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { reply(w, tc.status, tc.kind, tc.body) })
			got, err := ask(t, open(t, quick(home.URL)), tc.method, home.URL+"/x", "")
			if !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
			if tc.want == nil && got != tc.body {
				t.Errorf("body is %q, want %q", got, tc.body)
			}
		})
	}
}

// Azure DevOps answers an expired token so. It is never an empty result, and no
// reason to ask again.
func TestH13AzuresSignInPageIsNoAnswer(t *testing.T) {
	for _, body := range []string{page, "", `{"count":0,"value":[]}`} {
		for _, method := range []string{"GET", "PATCH", "POST"} {
			kind := html
			if strings.HasPrefix(body, "{") {
				kind = "application/json"
			}
			home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { reply(w, 203, kind, body) })
			got, err := ask(t, open(t, quick(home.URL)), method, home.URL+"/_apis/wit/wiql", "{}")
			if !errors.Is(err, backlog.ErrUnauthorized) || got != "" {
				t.Errorf("%s with %.10q: got %q, %v", method, body, got, err)
			}
			home.saw(t, 1)
		}
	}
}

func TestErrorCarriesWhatTheTrackerSaid(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) {
		w.Header().Set("Atl-Traceid", "abc123")
		w.Header().Set("Set-Cookie", "session=1")
		reply(w, 400, "application/json", "{\n  \"errorMessages\": [\"The label has\u202e spaces\"]\n}")
	})
	_, err := ask(t, open(t, quick(home.URL)), "PUT", home.URL+"/rest/api/2/issue/1?notifyUsers=false", "{}")
	e := failure(t, err)
	if e.Status != 400 || !e.Sent || e.RequestID != "abc123" || e.Path != "/rest/api/2/issue/1" || len(e.Header["Set-Cookie"]) > 0 {
		t.Errorf("got %+v", e)
	}
	if errors.Is(err, backlog.ErrUnauthorized) || errors.Is(err, backlog.ErrUnavailable) {
		t.Errorf("a refusal has no other cause: %v", err)
	}
	const want = `PUT /rest/api/2/issue/1: 400 Bad Request: { "errorMessages": ["The label has spaces"] }`
	if e.Error() != want {
		t.Errorf("message is\n%s, want\n%s", e.Error(), want)
	}
}

func TestConnectorsOwnCheck(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		w.Header().Set("X-Seraph-LoginReason", r.URL.Query().Get("reason"))
		ok(w)
	})
	s := quick(home.URL)
	s.Verify = func(resp *http.Response) error {
		if resp.Header.Get("X-Seraph-LoginReason") == "AUTHENTICATED_FAILED" {
			return fmt.Errorf("%w: the token has expired", backlog.ErrUnauthorized)
		}
		return nil
	}
	c := open(t, s)
	if _, err := ask(t, c, "GET", home.URL+"?reason=AUTHENTICATED_FAILED", ""); !errors.Is(err, backlog.ErrUnauthorized) {
		t.Errorf("got %v, want it refused", err)
	}
	if body, err := ask(t, c, "GET", home.URL+"?reason=OK", ""); err != nil || body != `{"ok":true}` {
		t.Errorf("got %q, %v", body, err)
	}
}

func TestServersClock(t *testing.T) {
	want := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) {
		w.Header().Set("Date", want.Format(http.TimeFormat))
		ok(w)
	})
	c := open(t, quick(home.URL))
	if !c.Now().IsZero() {
		t.Error("the clock is known before the first answer")
	}
	_, _ = ask(t, c, "GET", home.URL, "")
	if !c.Now().Equal(want) {
		t.Errorf("the clock shows %v, want %v", c.Now(), want)
	}
}

func TestWhatIsNotOfferedIsToldFromWhatFails(t *testing.T) {
	for status, want := range map[int]bool{400: false, 401: false, 403: true, 404: true, 405: true, 410: true, 501: true, 503: false} {
		home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { reply(w, status, "application/json", `{}`) })
		_, err := ask(t, open(t, quick(home.URL)), "POST", home.URL+"/x", "")
		if rest.Status(err) != status || rest.NotOffered(err) != want {
			t.Errorf("%d: got status %d, not offered %t", status, rest.Status(err), rest.NotOffered(err))
		}
	}
	if rest.NotOffered(nil) || rest.NotOffered(errors.New("no answer")) {
		t.Error("what has no answer says nothing of what is offered")
	}
}
