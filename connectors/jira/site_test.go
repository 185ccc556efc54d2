package jira

import (
	"log/slog"
	"maps"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/connectors/simulator/openapi"
)

const token = "a-token-for-tests"

// clock is the site's: two days late while the world is made.
type clock struct{ late atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(-time.Duration(c.late.Load())) }

// start serves a site with two projects and five stories in the first, last
// changed two days ago. What build adds is as old.
func start(t *testing.T, s jirasim.Settings, build ...func(*jirasim.World)) (*jirasim.World, string) {
	t.Helper()
	var c clock
	c.late.Store(int64(48 * time.Hour))
	s.User, s.Token, s.Clock = "bot@shop.example", token, c.now
	if s.Watch == nil && s.Edition == jirasim.Cloud {
		s.Watch = openapi.JiraCloud(t)
	}
	w := jirasim.New(s)
	w.AddProject(jirasim.Project{ID: "10000", Key: "SHOP", Name: "Shop"})
	w.AddProject(jirasim.Project{ID: "10001", Key: "PAY", Name: "Pay"})
	for range 5 {
		story(w, map[string]any{"summary": "A story"})
	}
	for _, more := range build {
		more(w)
	}
	c.late.Store(0)
	url, stop, err := w.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return w, url
}

// story adds an issue to the first project and returns its key.
func story(w *jirasim.World, fields map[string]any) string {
	all := map[string]any{"project": "SHOP", "issuetype": "Story"}
	maps.Copy(all, fields)
	return w.AddIssue(map[string]any{"fields": all})
}

// connect opens the connector on a site as wire does.
func connect(t *testing.T, url string, s Settings) *Tracker {
	t.Helper()
	return connectAs(t, url, s, token)
}

func connectAs(t testing.TB, url string, s Settings, secret string) *Tracker {
	t.Helper()
	user := "bot@shop.example"
	if strings.HasSuffix(url, "/jira") { // a Data Center takes personal access tokens, as Bearer
		user = ""
	}
	stack, err := rest.New(rest.Settings{
		BaseURL: url, User: user, Token: func() (string, error) { return secret, nil },
		ReadPOST: ReadPOST(), Verify: Verify, Rate: 1000, Burst: 1000, Retries: 2, MinBackoff: time.Millisecond,
	}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s.URL = url
	if s.Connection == "" {
		s.Connection = "shop"
	}
	if s.Projects == nil {
		s.Projects = []string{"SHOP"}
	}
	tracker, err := New(s, stack, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return tracker
}

// answer is a fault that answers with JSON instead of serving.
func answer(path string, status int, body string) simulator.Rule {
	return simulator.Rule{Path: path, Status: status, Header: map[string]string{"Content-Type": "application/json"}, Body: body}
}

// sweepAll reads a whole round.
func sweepAll(t *testing.T, tracker *Tracker, since backlog.Mark) (items []backlog.Item, broken []backlog.Broken, mark backlog.Mark, err error) {
	t.Helper()
	sweeps, err := tracker.Sweeps(t.Context(), since)
	if err != nil {
		return nil, nil, nil, err
	}
	mark = backlog.Mark{}
	for _, s := range sweeps {
		for page, err := range tracker.Read(t.Context(), s) {
			if err != nil {
				return items, broken, nil, err
			}
			items, broken = append(items, page.Items...), append(broken, page.Broken...)
			for k, v := range page.Mark {
				mark[k] = v
			}
		}
	}
	return items, broken, mark, nil
}
