package rest_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// A server that repeats our credentials wherever it can must not get them into
// a log or an error.
func TestCredentialsAreNeverShown(t *testing.T) {
	repeat := func(w http.ResponseWriter, r *http.Request, _ int64) {
		auth := r.Header.Get("Authorization")
		everything := auth + " " + canary + " " + url.QueryEscape(canary)
		for _, name := range []string{"Atl-Traceid", "RateLimit-Reason", "X-Echo"} {
			w.Header().Set(name, everything)
		}
		w.Header().Set("Location", "https://"+url.PathEscape(canary)+".example/login/"+canary+"?t="+canary)
		w.Header().Set("Retry-After", "0")
		status := map[string]int{"/302": 302, "/401": 401, "/429": 429, "/500": 500, "/203": 203}[r.URL.Path]
		if status == 0 {
			status = 200
		}
		reply(w, status, "text/"+base64.RawURLEncoding.EncodeToString([]byte("x")), strings.Repeat(everything, 1+4096/len(everything)))
	}
	for _, user := range []string{"", "bot@shop.example"} {
		home := serve(t, repeat)
		var logged bytes.Buffer
		s := quick(home.URL)
		s.User, s.Retries = user, -1
		s.Verify = func(resp *http.Response) error {
			if resp.StatusCode != 500 {
				return nil
			}
			body, _ := io.ReadAll(resp.Body)
			return fmt.Errorf("%w: %s", backlog.ErrUnauthorized, body)
		}
		c, err := rest.New(s, slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/200", "/302", "/401", "/429", "/500", "/203", "/" + url.PathEscape(canary)} {
			_, err := ask(t, c, "GET", home.URL+path, "")
			e := failure(t, err)
			shown := fmt.Sprintf("%v %+v %s %v %s %#v", e, e, e.Body, e.Header, e.RequestID, rest.Outcome(err))
			if leak := leaked(shown, user); leak != "" {
				t.Errorf("%s shows %q: %s", path, leak, shown)
			}
			if path == "/500" && !errors.Is(err, backlog.ErrUnauthorized) {
				t.Errorf("the cause was lost with the credentials: %v", err)
			}
		}
		_, why := c.Mood()
		if leak := leaked(logged.String()+why, user); leak != "" || logged.Len() == 0 {
			t.Errorf("the log shows %q: %s", leak, logged.String())
		}
	}
}

func leaked(text, user string) string {
	for _, secret := range []string{canary, url.QueryEscape(canary), url.PathEscape(canary), base64.StdEncoding.EncodeToString([]byte(user + ":" + canary))} {
		if strings.Contains(text, secret) {
			return secret
		}
	}
	return ""
}
