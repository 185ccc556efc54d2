package rest_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// canary is the token that must never be seen anywhere but in Authorization.
const canary = "canary-secret/7f3a+Q=="

// site is a tracker that counts what reached it.
type site struct {
	*httptest.Server
	hits atomic.Int64
}

func serve(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, hit int64)) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer(w, r, s.hits.Add(1))
	}))
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	t.Cleanup(s.Close)
	return s
}

// saw checks how many requests reached the site.
func (s *site) saw(t *testing.T, want int64) {
	t.Helper()
	if got := s.hits.Load(); got != want {
		t.Errorf("the server saw %d requests, want %d", got, want)
	}
}

// quick are settings that do not make a test wait.
func quick(url string) rest.Settings {
	return rest.Settings{
		BaseURL: url, Token: func() (string, error) { return canary, nil },
		Rate: 1000, Burst: 1000, MinBackoff: time.Millisecond, MaxWait: 5 * time.Second, Timeout: 5 * time.Second,
		ReadPOST: []string{"/search"},
	}
}

func open(t *testing.T, s rest.Settings) *rest.Client {
	t.Helper()
	c, err := rest.New(s, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// ask sends a request and returns the body of its answer.
func ask(t *testing.T, c *rest.Client, method, url, body string) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	return do(t, c, req)
}

func do(t *testing.T, c *rest.Client, req *http.Request) (string, error) {
	t.Helper()
	resp, err := c.HTTP().Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	read, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Errorf("a usable answer cannot be read: %v", err)
	}
	return string(read), nil
}

// failure is the Error in what a client returned; the test ends without one.
func failure(t *testing.T, err error) *rest.Error {
	t.Helper()
	e, ok := rest.AsError(err)
	if !ok {
		t.Fatalf("got %v (%T), want an *rest.Error", err, err)
	}
	return e
}

func reply(w http.ResponseWriter, status int, contentType, body string) {
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func ok(w http.ResponseWriter) {
	reply(w, http.StatusOK, "application/json;charset=UTF-8", `{"ok":true}`)
}

// cut promises more than it sends and breaks off.
func cut(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", "1000")
	_, _ = io.WriteString(w, `{"ok":`)
	panic(http.ErrAbortHandler)
}

const html = "text/html; charset=utf-8"

var page = "<!DOCTYPE html><html><title>Sign in</title>" + strings.Repeat("<p>", 100)
