package jirasim

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"
)

// clock is a clock that stands still until it is moved.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

func (c *clock) pass(d time.Duration) { c.now = c.now.Add(d) }

// visitor talks to a running site with plain net/http.
type visitor struct {
	*testing.T
	world *World
	clock *clock
	url   string
	token string

	bearer bool // show the token as Bearer, not Basic
}

var tuesday = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// visit starts a site with two projects and a few issues.
func visit(t *testing.T, change ...func(*Settings)) *visitor {
	t.Helper()
	c := &clock{tuesday}
	s := Settings{Clock: c.read, SiteName: "shop", User: "bot@shop.example", Token: "tok", Account: "557058:bot"}
	for _, f := range change {
		f(&s)
	}
	w := New(s)
	w.AddProject(Project{Key: "SHOP", Name: "Web shop"})
	w.AddProject(Project{Key: "PAY", Name: "Payments"})
	url, stop, err := w.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return &visitor{T: t, world: w, clock: c, url: url, token: "tok"}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   map[string]any
	list   []any
	raw    []byte
}

// try sends a request; the error is the client's.
func (v *visitor) try(method, path string, body any) (answer, error) {
	var send io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			v.Fatal(err)
		}
		send = bytes.NewReader(raw)
	}
	req, err := http.NewRequest(method, v.url+path, send)
	if err != nil {
		v.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if v.token != "" {
		req.SetBasicAuth("bot@shop.example", v.token)
	}
	if v.bearer {
		req.Header.Set("Authorization", "Bearer "+v.token)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	a := answer{status: resp.StatusCode, header: resp.Header, raw: raw}
	if json.Unmarshal(raw, &a.body) != nil {
		_ = json.Unmarshal(raw, &a.list)
	}
	return a, err
}

// do sends a request and wants the status.
func (v *visitor) do(want int, method, path string, body any) answer {
	v.Helper()
	a, err := v.try(method, path, body)
	if err != nil {
		v.Fatalf("%s %s: %v", method, path, err)
	}
	if a.status != want {
		v.Fatalf("%s %s: status %d, want %d: %s", method, path, a.status, want, a.raw)
	}
	return a
}

// sentence is the first error message, or the first error of a field.
func (a answer) sentence() string {
	for _, message := range asList(a.body["errorMessages"]) {
		return text(message)
	}
	if fields, ok := a.body["errors"].(object); ok {
		for _, message := range fields {
			return text(message)
		}
	}
	return ""
}

// keys searches and follows the tokens; it returns the keys and the pages.
func (v *visitor) keys(jql string, size int) (keys []string, pages int) {
	v.Helper()
	ask := object{"jql": jql, "fields": []string{"key"}, "maxResults": size}
	for {
		a := v.do(200, "POST", "/rest/api/3/search/jql", ask)
		pages++
		for _, row := range a.body["issues"].([]any) {
			keys = append(keys, text(row.(object)["key"]))
		}
		token, more := a.body["nextPageToken"]
		if !more {
			if a.body["isLast"] != true {
				v.Fatal("no token, and not the last page")
			}
			return keys, pages
		}
		ask["nextPageToken"] = token
	}
}

// add adds an issue with a few fields.
func (v *visitor) add(fields object) string {
	return v.world.AddIssue(object{"fields": fields})
}

func params(pairs ...string) string {
	q := url.Values{}
	for at := 0; at < len(pairs); at += 2 {
		q.Add(pairs[at], pairs[at+1])
	}
	return "?" + q.Encode()
}
