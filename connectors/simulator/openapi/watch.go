package openapi

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

// Watch wraps a simulator's own handler: what passes through it and is covered
// by one of the documents is held against it, and each breach is an error of
// the test. address says under which path and query a document knows a request,
// empty for none; nil is the request's own. What no document covers passes.
func Watch(t testing.TB, address func(*http.Request) string, documents ...*Document) func(http.Handler) http.Handler {
	if address == nil {
		address = func(r *http.Request) string { return r.URL.RequestURI() }
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			sent, err := io.ReadAll(r.Body)
			if err != nil {
				return // the client is gone
			}
			seen := r.Clone(r.Context())
			r.Body = io.NopCloser(bytes.NewReader(sent))
			kept := httptest.NewRecorder()
			next.ServeHTTP(kept, r)
			for name, values := range kept.Header() {
				w.Header()[name] = values
			}
			w.WriteHeader(kept.Code)
			_, _ = w.Write(kept.Body.Bytes()) // the client may have gone
			at := address(seen)
			if at == "" || signIn(kept.Code) {
				return
			}
			if seen.URL, err = url.Parse(at); err != nil {
				t.Errorf("%s %s: %v", r.Method, at, err)
				return
			}
			report(t, documents, Exchange{Request: seen, Sent: sent, Status: kept.Code, Header: kept.Header(), Answer: kept.Body.Bytes()})
		})
	}
}

// signIn says that the client was sent to where people sign in: the documents
// do not speak of that, and both trackers do it.
func signIn(status int) bool {
	return status == http.StatusFound || status == http.StatusNonAuthoritativeInfo
}

func report(t testing.TB, documents []*Document, e Exchange) {
	for _, d := range documents {
		if !d.Covers(e.Request.Method, e.Request.URL.EscapedPath()) {
			continue
		}
		for _, breach := range d.Breaches(e) {
			t.Errorf("%s %s (%d): %s", e.Request.Method, e.Request.URL, e.Status, breach)
		}
		return
	}
}
