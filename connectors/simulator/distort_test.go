package simulator

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// pages is a world of three pages, named by a token.
func pages(t *testing.T, rule Rule) (ask func(token string) (string, http.Header)) {
	t.Helper()
	faults, truth := NewFaults(1), &Truth{}
	faults.Add(rule)
	own := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.FormValue("at"))
		o := map[string]any{"rows": []any{3 * n, 3*n + 1, 3*n + 2}, "isLast": n == 2}
		if n < 2 {
			o["nextPageToken"] = strconv.Itoa(n + 1)
		}
		_, _ = w.Write(AppendJSON(nil, o))
	})
	url, stop, err := Serve("127.0.0.1:0", Handler(own, faults, truth, func() time.Time { return noon }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return func(token string) (string, http.Header) {
		t.Helper()
		resp, err := http.Get(url + "/p?at=" + token)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw), resp.Header
	}
}

func TestDistortedPages(t *testing.T) {
	for name, tc := range map[string]struct {
		rule Rule
		want []string // of the tokens 0, 1, 2
	}{
		"as they are": {want: []string{`"nextPageToken":"1","rows":[0,1,2]`, `"nextPageToken":"2","rows":[3,4,5]`, `"isLast":true,"rows":[6,7,8]`}},
		"same token":  {rule: Rule{SameToken: true}, want: []string{`"nextPageToken":"1"`, `"nextPageToken":"1","rows":[3,4,5]`, `"isLast":false,"nextPageToken":"1"`}},
		"page again":  {rule: Rule{Repeat: true}, want: []string{`"rows":[0,1,2]`, `"rows":[0,1,2]`, `"rows":[0,1,2]`}},
		"fewer rows":  {rule: Rule{Keep: 1, From: 2}, want: []string{`"rows":[0,1,2]`, `"nextPageToken":"2","rows":[3]`, `"isLast":true,"rows":[6]`}},
		"huge number": {rule: Rule{Swap: map[string]string{"[0,": "[1e400,"}}, want: []string{`[1e400,1,2]`, `[3,4,5]`, `[6,7,8]`}},
	} {
		t.Run(name, func(t *testing.T) {
			ask := pages(t, tc.rule)
			for token, want := range tc.want {
				if got, _ := ask(strconv.Itoa(token)); !strings.Contains(got, want) {
					t.Errorf("page %d: %s, want %s", token, got, want)
				}
			}
		})
	}
}

func TestFloodAndBomb(t *testing.T) {
	for _, rule := range []Rule{{Flood: 1 << 20}, {Bomb: 1 << 20}} {
		if got, _ := pages(t, rule)("0"); len(got) != 1<<20 || strings.TrimSpace(got) != "" {
			t.Errorf("%+v: %d bytes", rule, len(got))
		}
	}
}

func TestClockOffset(t *testing.T) {
	_, header := pages(t, Rule{ClockOffset: 10 * time.Minute})("0")
	if got := header.Get("Date"); got != noon.Add(10*time.Minute).Format(http.TimeFormat) {
		t.Errorf("date %s", got)
	}
}

func TestTLSIsRefusedByWhoDoesNotKnowIt(t *testing.T) {
	lender := httptest.NewTLSServer(nil) // its certificate is for 127.0.0.1, from nobody known
	defer lender.Close()
	var served atomic.Int64
	url, stop, err := ServeTLS("127.0.0.1:0", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { served.Add(1) }),
		&tls.Config{Certificates: lender.TLS.Certificates, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if _, err := http.Get(url); err == nil || served.Load() != 0 {
		t.Errorf("trusted: %v", err)
	}
	resp, err := lender.Client().Get(url)
	if err != nil || served.Load() != 1 {
		t.Fatalf("who knows the certificate: %v", err)
	}
	_ = resp.Body.Close()
}
