package web_test

import (
	"errors"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/web"
)

func TestReadyFollowsWholePasses(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	health := &web.Health{Clock: func() time.Time { return now }, Patience: time.Hour}
	server, err := web.Serve(t.Context(), "127.0.0.1:0", web.Handler(health), slog.Default())
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path string) int {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+server.Addr+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode
	}
	expect := func(when string, want int) {
		t.Helper()
		if got := ask("/readyz"); got != want || ask("/healthz") != http.StatusOK {
			t.Errorf("%s: ready answers %d, want %d", when, got, want)
		}
	}
	expect("before any pass", http.StatusServiceUnavailable)
	health.Passed(nil)
	expect("after a whole pass", http.StatusOK)
	health.Passed(errors.New("the tracker is down"))
	expect("soon after a failed pass", http.StatusOK)
	now = now.Add(2 * time.Hour)
	expect("long after the last whole pass", http.StatusServiceUnavailable)
}

func TestATakenAddressSaysSo(t *testing.T) {
	handler := web.Handler(&web.Health{Clock: time.Now})
	first, err := web.Serve(t.Context(), "127.0.0.1:0", handler, slog.Default())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := web.Serve(t.Context(), first.Addr, handler, slog.Default()); err == nil {
		t.Error("a second server on the same address must be refused")
	}
}
