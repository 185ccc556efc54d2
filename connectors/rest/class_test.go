package rest_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// issueOf names the issue of a path, as Jira's connector does.
func issueOf(path string) string {
	_, rest, found := strings.Cut(path, "/issue/")
	id, _, _ := strings.Cut(rest, "/")
	if !found {
		return ""
	}
	return id
}

// A write limit of one issue holds up the writes on that issue, and nothing
// else: neither reading it nor writing on others.
func TestH03OneIssueWaitsAlone(t *testing.T) {
	var mu sync.Mutex
	times := map[string][]time.Time{}
	home := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		mu.Lock()
		defer mu.Unlock()
		key := r.Method + " " + r.URL.Path
		times[key] = append(times[key], time.Now())
		if key == "PUT /issue/7" && len(times[key]) == 1 {
			w.Header().Set("Retry-After", "1")
			w.Header().Set("RateLimit-Reason", "jira-per-issue-on-write")
			reply(w, 429, "application/json", `{}`)
			return
		}
		ok(w)
	})
	s := quick(home.URL)
	s.Limits = rest.Limits{Item: issueOf}
	c := open(t, s)
	if _, err := ask(t, c, "PUT", home.URL+"/issue/7", "{}"); failure(t, err).Status != 429 {
		t.Fatal(err)
	}
	begin := time.Now()
	for range 20 {
		for _, id := range []string{"8", "9"} {
			if _, err := ask(t, c, "PUT", home.URL+"/issue/"+id, "{}"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := ask(t, c, "GET", home.URL+"/issue/7", ""); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(begin); took > 500*time.Millisecond {
		t.Errorf("60 requests about others took %s", took)
	}
	for _, path := range []string{"/issue/7", "/issue/7/comment"} {
		if _, err := ask(t, c, "PUT", home.URL+path, "{}"); err != nil {
			t.Fatal(err)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	refused := times["PUT /issue/7"][0]
	for _, at := range append(times["PUT /issue/7"][1:], times["PUT /issue/7/comment"]...) {
		if at.Sub(refused) < time.Second {
			t.Errorf("a write on the issue came %s after it was refused", at.Sub(refused))
		}
	}
}

// A burst is about an endpoint and a method; a reason that nobody knows is
// about everything.
func TestH03WhatAReasonHoldsUp(t *testing.T) {
	for reason, want := range map[string]map[string]bool{
		"jira-burst-based":        {"PUT /issue/7": true, "PUT /issue/8": true, "GET /issue/8": false, "POST /issue/8/comment": false},
		"jira-per-issue-on-write": {"PUT /issue/7": true, "POST /issue/7/comment": true, "PUT /issue/8": false, "GET /issue/7": false},
		"jira-quota-global-based": {"PUT /issue/7": true, "GET /myself": true},
		"jira-quota-tenant-based": {"PUT /issue/7": true, "GET /myself": true},
		"brand-new":               {"PUT /issue/7": true, "GET /myself": true},
		"":                        {"PUT /issue/7": true, "GET /myself": true},
	} {
		home := serve(t, func(w http.ResponseWriter, _ *http.Request, hit int64) {
			if hit == 1 {
				w.Header().Set("Retry-After", "60")
				w.Header().Set("RateLimit-Reason", reason)
				reply(w, 429, "application/json", `{}`)
				return
			}
			ok(w)
		})
		s := quick(home.URL) // waits 5 s at most: what is held up fails at once
		s.Limits = rest.Limits{Item: issueOf}
		c := open(t, s)
		_, _ = ask(t, c, "PUT", home.URL+"/issue/7", "{}")
		for request, held := range want {
			method, path, _ := strings.Cut(request, " ")
			if _, err := ask(t, c, method, home.URL+path, "{}"); (err != nil) != held {
				t.Errorf("after %q, %s: %v, want held up: %t", reason, request, err, held)
			}
		}
	}
}
