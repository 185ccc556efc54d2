package rest_test

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

func TestH12CredentialsGoToTheirHostOnly(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		if got := r.Header.Get("Authorization"); got != "Bearer "+canary {
			t.Errorf("Authorization is %q", got)
		}
		ok(w)
	})
	other := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { ok(w) })
	c := open(t, quick(home.URL+"/org"))

	if _, err := ask(t, c, "GET", home.URL+"/org/items", ""); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{other.URL, strings.Replace(home.URL, "127.0.0.1", "localhost", 1), strings.Replace(home.URL, "http:", "https:", 1)} {
		_, err := ask(t, c, "GET", url+"/org/items", "")
		if e := failure(t, err); e.Sent || e.Status != 0 {
			t.Errorf("request to %s: %+v, want it refused before it left", url, e)
		}
	}
	for url, host := range map[string]string{home.URL: "elsewhere.example", other.URL: home.Listener.Addr().String()} {
		disguised, _ := http.NewRequest("GET", url, nil)
		disguised.Host = host
		if _, err := do(t, c, disguised); err == nil {
			t.Errorf("a request to %s as %s was sent", url, host)
		}
	}
	home.saw(t, 1)
	other.saw(t, 0)
}

// redirected sends to a site that answers with a redirect, and returns the
// error. The site at its other end must see nothing of it.
func redirected(t *testing.T, status int, path string, method string) *rest.Error {
	t.Helper()
	other := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { ok(w) })
	home := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		http.Redirect(w, r, other.URL+path, status)
	})
	_, err := ask(t, open(t, quick(home.URL)), method, home.URL+"/issue", "{}")
	e := failure(t, err)
	if e.Status != status || strings.Contains(err.Error(), "s3cr3t") {
		t.Errorf("%s %d to %s: %v", method, status, path, err)
	}
	home.saw(t, 1)
	other.saw(t, 0)
	return e
}

func TestH11ASignInPageIsNotFollowed(t *testing.T) {
	for _, status := range []int{302, 303} {
		for _, path := range []string{"/_signin?ticket=s3cr3t", "/login.jsp", "/oauth2/authorize"} {
			for _, method := range []string{"GET", "POST", "PUT"} {
				if e := redirected(t, status, path, method); !errors.Is(e, backlog.ErrUnauthorized) {
					t.Errorf("%s %d to %s is %v, want bad credentials", method, status, path, e)
				}
			}
		}
	}
}

func TestH12ARedirectIsNotFollowed(t *testing.T) {
	for _, status := range []int{301, 302, 307, 308} {
		for _, method := range []string{"GET", "POST", "PUT", "DELETE"} {
			e := redirected(t, status, "/rest/api/2/issue", method)
			if !errors.Is(e, backlog.ErrUnavailable) || method != "GET" && rest.Outcome(e).Outcome != backlog.Unknown {
				t.Errorf("%s %d is %v, %+v", method, status, e, rest.Outcome(e))
			}
		}
	}
}

// Neither to another host nor to another path of the own one.
func TestH12NorToTheSameHost(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, r *http.Request, hit int64) {
		if hit > 1 {
			ok(w)
			return
		}
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	})
	if _, err := ask(t, open(t, quick(home.URL)), "POST", home.URL+"/comment", "{}"); err == nil {
		t.Error("a redirected write passed")
	}
	home.saw(t, 1)
}

func TestH19UntrustedCertificateEndsIt(t *testing.T) {
	hits := 0
	home := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { hits++; ok(w) }))
	home.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	defer home.Close()
	_, err := ask(t, open(t, quick(home.URL)), "GET", home.URL, "")
	if e := failure(t, err); e.Sent || hits != 0 || !errors.Is(err, backlog.ErrUnavailable) {
		t.Errorf("untrusted certificate: %v, sent %t, %d requests", err, e.Sent, hits)
	}
}

func TestUnsafeSettingsAreRefused(t *testing.T) {
	for url, word := range map[string]string{
		"":                               "no host",
		"shop.atlassian.net":             "no host",
		"http://shop.atlassian.net":      "https://",
		"ftp://127.0.0.1":                "https://",
		"https://bot:pw@shop.example":    "auth",
		"https://shop.example/?token=pw": "query",
		"https://bot:pw@shop.example/%x": "cannot be read",
	} {
		_, err := rest.New(quick(url), nil)
		if err == nil || !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), "pw") {
			t.Errorf("url %q: %v, want an error with %q and without the password", url, err, word)
		}
	}
	if _, err := rest.New(rest.Settings{BaseURL: "https://shop.example"}, nil); err == nil {
		t.Error("a connection without a token was accepted")
	}
	for _, url := range []string{"https://dev.azure.com/org", "http://localhost:8080", "http://[::1]:80"} {
		if _, err := rest.New(quick(url), nil); err != nil {
			t.Errorf("url %q: %v", url, err)
		}
	}
}
